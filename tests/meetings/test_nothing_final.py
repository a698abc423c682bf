"""Nothing is final by accident: what is missing is said first, the rest is corrected or taken back afterwards."""

from datetime import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from dxbukai import steps
from foundation.actions import Actor, Conflict
from foundation.audit.models import Event
from foundation.calendar.wareki import TOKYO
from foundation.mail.models import Email
from meetings.actions import agenda, meetings, roll
from meetings.models import Meeting
from meetings.states import MeetingState, Mode
from reports import actions as reports
from tests import builders
from tests.stories.first_meeting import FirstMeeting
from tests.stories.our_words import OUR_WORDS

BEGINNING, END = (datetime(2021, 5, 18, hour, tzinfo=TOKYO) for hour in (13, 15))
TIMES = {"day": "R3.5.18", "begins": "13:00", "ends": "15:00"}


@pytest.fixture
def bare(group, suzuki, member):
    """Planned without a place and without an agenda; Sato came."""
    meeting = builders.make_meeting(group=group, starts_at=BEGINNING, building="", room="")
    roll.mark(meeting=meeting, membership=member, by=Actor(suzuki), mode=Mode.VENUE)
    return meeting


@pytest.fixture
def held(bare, suzuki):
    return roll.hold(meeting=bare, by=Actor(suzuki), seen=bare.version, held_from=BEGINNING, held_to=END)


@pytest.fixture
def first(db):
    return FirstMeeting(OUR_WORDS, members=3)


def at(meeting, name, *args):
    return reverse(name, args=[meeting.group.slug, meeting.number, *args])


def fresh(meeting):
    return Meeting.objects.get(pk=meeting.pk)


def text(response):
    return response.content.decode()


# D40: held without a place


def test_d40_what_is_missing_is_said_before_the_meeting_is_held(bare, as_, suzuki):
    """The same page sent once more means it."""
    desk, page = as_(suzuki), at(bare, "meetings:roll")
    asked = desk.post(page, TIMES | {"seen": bare.version})
    questions = ["会議の場所が入力されていません。", "議題が登録されていません。"]
    assert (asked.context["form"].questions, fresh(bare).state) == (questions, MeetingState.ANNOUNCED)

    desk.post(page, TIMES | {"seen": bare.version, "meant": asked.context["form"].data["meant"]})
    assert fresh(bare).state == MeetingState.HELD


def test_nothing_is_asked_of_a_meeting_with_place_and_agenda(group, member, as_, suzuki):
    whole = builders.make_meeting(group=group, starts_at=BEGINNING)
    builders.make_item(meeting=whole)
    roll.mark(meeting=whole, membership=member, by=Actor(suzuki), mode=Mode.VENUE)
    as_(suzuki).post(at(whole, "meetings:roll"), TIMES | {"seen": whole.version})
    assert fresh(whole).state == MeetingState.HELD


def test_d40_the_place_is_put_right_afterwards_and_nobody_is_told(held, as_, suzuki):
    before = Email.objects.count()
    page = at(held, "meetings:edit_meeting")
    sent = {"seen": held.version, "building": "見本市役所", "room": "301会議室", "theme": "", "method": ""}
    assert as_(suzuki).post(page, sent).url == at(held, "desk_meeting")
    assert (fresh(held).place, Email.objects.count()) == ("見本市役所 301会議室", before)
    told = Event.objects.first()
    assert (told.action, told.changes["room"]) == ("meetings.correct_meeting", ["", "301会議室"])


def test_the_agenda_is_put_right_afterwards(held, suzuki, member):
    """A title, a presenter, the order, and an item of the day: each with its trail, and no letter."""
    by, before = Actor(suzuki), Email.objects.count()
    talk = agenda.add_item(meeting=held, by=by, title="話題提供")
    opening = agenda.add_item(meeting=held, by=by, title="開会")
    agenda.move_item(item=opening, by=by, step=-1)
    agenda.edit_item(item=talk, by=by, seen=1, title="話題提供（変更）", presenter=member)
    items = [(item.order, item.title, item.presenter) for item in held.items.order_by("order")]
    assert items == [(1, "開会", None), (2, "話題提供（変更）", member)]
    agenda.remove_item(item=opening, by=by, seen=1)
    actions = ["remove_item", "edit_item", "move_item", "add_item", "add_item"]
    assert list(Event.objects.values_list("action", flat=True)[:5]) == [f"meetings.{name}" for name in actions]
    assert Email.objects.count() == before


def test_what_was_published_stays_as_it_was(first):
    first.approve()
    first.publish()
    published = first.meeting.report.revisions.get().text
    by = Actor(first.desk)
    meeting = fresh(first.meeting)
    meetings.correct_meeting(meeting=meeting, by=by, seen=meeting.version, building="別の建物", room="")
    assert first.meeting.report.revisions.get().text == published


def test_two_who_correct_the_same_meeting_see_both(held, suzuki):
    meetings.correct_meeting(meeting=held, by=Actor(suzuki), seen=held.version, room="甲")
    with pytest.raises(Conflict):
        meetings.correct_meeting(meeting=held, by=Actor(suzuki), seen=held.version, room="乙")


def test_only_what_was_held_is_corrected_so(bare, suzuki):
    with pytest.raises(ValidationError, match="開催済みの会議だけ、会議の後の訂正ができます。"):
        meetings.correct_meeting(meeting=bare, by=Actor(suzuki), seen=bare.version, room="甲")


def test_members_correct_nothing(held, sato):
    with pytest.raises(PermissionDenied):
        meetings.correct_meeting(meeting=held, by=Actor(sato), seen=held.version, room="甲")


def test_the_agenda_of_a_cancelled_meeting_stays(bare, suzuki):
    meetings.cancel(meeting=bare, by=Actor(suzuki), seen=bare.version, reason="台風")
    with pytest.raises(ValidationError, match="この会議は「中止」のため、変更できません。"):
        agenda.add_item(meeting=bare, by=Actor(suzuki), title="議題")


# Taken back


def test_that_it_was_held_is_taken_back_and_done_again(held, as_, suzuki):
    """Roll and record stay; the trail tells of both."""
    lines = list(held.entries.values_list("pk", flat=True))
    desk = as_(suzuki)
    assert "「開催済み」を取り消す" in text(desk.get(at(held, "desk_meeting")))
    desk.post(at(held, "reports:reopen"), {"seen": held.version})
    again = fresh(held)
    assert (again.state, again.held_from, again.held_to, again.snapshot) == ("announced", None, None, None)
    assert (again.roll.count(), list(again.entries.values_list("pk", flat=True))) == (1, lines)

    roll.hold(meeting=again, by=Actor(suzuki), seen=again.version, held_from=BEGINNING, held_to=END)
    assert (fresh(held).state, fresh(held).entries.count()) == (MeetingState.HELD, len(lines))
    done = Event.objects.filter(action__in=["meetings.hold", "meetings.reopen"]).values_list("action", flat=True)
    assert list(done) == ["meetings.hold", "meetings.reopen", "meetings.hold"]


def test_what_was_never_called_goes_back_to_being_prepared(group, member, suzuki):
    draft = builders.make_meeting(group=group, starts_at=BEGINNING, state=MeetingState.DRAFT)
    roll.mark(meeting=draft, membership=member, by=Actor(suzuki), mode=Mode.VENUE)
    held = roll.hold(meeting=draft, by=Actor(suzuki), seen=draft.version, held_from=BEGINNING, held_to=END)
    reports.reopen(meeting=held, by=Actor(suzuki), seen=held.version)
    assert fresh(draft).state == MeetingState.DRAFT


def test_what_was_published_was_held(first, as_):
    first.approve()
    first.publish()
    desk, meeting = as_(first.desk), fresh(first.meeting)
    assert "「開催済み」を取り消す" not in text(desk.get(at(meeting, "desk_meeting")))
    with pytest.raises(ValidationError, match="結果報告を公開したことがあるため、開催済みを取り消せません。"):
        reports.reopen(meeting=meeting, by=Actor(first.desk), seen=meeting.version)


def test_what_was_not_held_is_not_taken_back(bare, suzuki):
    with pytest.raises(ValidationError, match="結果報告は、会議を「開催済み」にした後に扱えます。"):
        reports.reopen(meeting=bare, by=Actor(suzuki), seen=bare.version)
    with pytest.raises(ValidationError, match="開催済みの会議ではないため、取り消すものがありません。"):
        roll.reopen(meeting=bare, by=Actor(suzuki), seen=bare.version)


def test_an_old_page_takes_nothing_back(held, suzuki):
    with pytest.raises(Conflict):
        reports.reopen(meeting=held, by=Actor(suzuki), seen=held.version - 1)


def test_only_the_desk_takes_back(held, sato):
    with pytest.raises(PermissionDenied):
        reports.reopen(meeting=held, by=Actor(sato), seen=held.version)


# The roll and the roster of the day


def test_more_people_on_the_roll_than_in_the_group_are_not_pinned(bare, suzuki):
    """The day was moved to one before anybody was of the group."""
    early = [datetime(1999, 5, 18, hour, tzinfo=TOKYO) for hour in (13, 15)]
    with pytest.raises(
        ValidationError, match=r"出席を記録した1名が、開催日（平成11年5月18日（火））の名簿にありません。"
    ):
        roll.hold(meeting=bare, by=Actor(suzuki), seen=bare.version, held_from=early[0], held_to=early[1])
    assert fresh(bare).state == MeetingState.ANNOUNCED


# No form that will refuse, no step that was not done


def test_what_is_over_shows_no_form_that_would_refuse(held, as_, suzuki):
    desk = as_(suzuki)
    assert desk.get(at(held, "meetings:cancel")).url == at(held, "desk_meeting")
    form = text(desk.get(at(held, "meetings:set_survey")))
    assert "開催済みの会議です。入力フォームは変更できません。" in form
    assert ("入力フォームを保存する" in form, "会議を中止する" in form) == (False, False)


def done(meeting):
    found = steps.steps(steps.with_progress(Meeting.objects.filter(pk=meeting.pk)).get())
    following = steps.next_step(found)
    return [step.page.partition(":")[2] for step in found if step.done], following and following.page


def test_a_step_is_done_only_where_it_was_done(group, member, suzuki):
    """Held without a call, a form, a place or an agenda: what the report needs is what comes next."""
    bare = builders.make_meeting(group=group, starts_at=BEGINNING, state=MeetingState.DRAFT, building="", room="")
    roll.mark(meeting=bare, membership=member, by=Actor(suzuki), mode=Mode.VENUE)
    held = roll.hold(meeting=bare, by=Actor(suzuki), seen=bare.version, held_from=BEGINNING, held_to=END)
    assert done(held) == (["roll"], "meetings:edit_meeting")

    meetings.correct_meeting(meeting=held, by=Actor(suzuki), seen=held.version, building="見本市役所", room="")
    assert done(held) == (["edit_meeting", "roll"], "meetings:agenda")

    agenda.add_item(meeting=held, by=Actor(suzuki), title="議題")
    assert done(held) == (["edit_meeting", "agenda", "roll"], "reports:draft")
