"""What is unusual, and right all the same; and what cannot be, which is refused in words: nothing is lost."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from foundation.actions import Actor
from foundation.calendar.wareki import TOKYO
from meetings.actions import agenda, record, roll
from meetings.models import Meeting, Question
from meetings.states import MeetingState, Mode, QuestionChannel
from members.actions import memberships
from members.models import MembershipTerm
from reports.compose import compose
from tests import builders
from tests.meetings.test_roll import BEGINNING, text, url


@pytest.fixture
def by(suzuki):
    return Actor(suzuki)


def on_the_roll(meeting, by, *people):
    for person in people:
        roll.mark(meeting=meeting, membership=person, by=by, mode=Mode.VENUE)


def hold(desk, meeting, **times):
    """Sent twice where the page asks once."""
    page, given = url(meeting, "roll"), times | {"seen": meeting.version}
    asked = desk.post(page, given)
    if asked.status_code == 302:
        return asked
    return desk.post(page, given | {"meant": asked.context["form"].data.get("meant", "")})


def printed(meeting):
    return compose(Meeting.objects.select_related("group").get(pk=meeting.pk)).text


# Over midnight


def test_a_meeting_over_midnight_closes_on_the_next_day(group, member, by, as_, suzuki):
    meeting = builders.make_meeting(group=group, starts_at=BEGINNING.replace(hour=23))
    builders.make_item(meeting=meeting)
    on_the_roll(meeting, by, member)
    desk, times = as_(suzuki), {"day": "R3.5.18", "begins": "23:00", "ends": "1:00"}
    asked = desk.post(url(meeting, "roll"), times | {"seen": meeting.version})
    assert asked.context["form"].questions == ["閉会が翌日（令和3年5月19日（水））になります。"]
    hold(desk, meeting, **times)
    held = Meeting.objects.get(pk=meeting.pk)
    assert (held.state, held.held_to) == (MeetingState.HELD, datetime(2021, 5, 19, 1, tzinfo=TOKYO))
    assert held.day == date(2021, 5, 18)
    assert "令和3年5月18日（火） 午後11時00分～令和3年5月19日（水） 午前1時00分" in printed(held)


@pytest.mark.parametrize(("begins", "ends"), [("15:00", "13:00"), ("13:00", "13:00"), ("9:00", "8:59")])
def test_what_closes_before_it_opens_is_a_slip(group, member, by, as_, suzuki, begins, ends):
    meeting = builders.make_meeting(group=group, starts_at=BEGINNING)
    on_the_roll(meeting, by, member)
    page = as_(suzuki).post(
        url(meeting, "roll"), {"day": "R3.5.18", "begins": begins, "ends": ends, "seen": meeting.version}
    )
    assert "閉会は開会より後の時刻にしてください。" in text(page)
    assert Meeting.objects.get(pk=meeting.pk).state == MeetingState.ANNOUNCED


# In another era


@pytest.mark.parametrize(
    ("typed", "day", "said"),
    [
        ("H31.4.30", date(2019, 4, 30), "平成31年4月30日（火）"),
        ("令和元年5月1日", date(2019, 5, 1), "令和元年5月1日（水）"),
        ("平成3年5月18日", date(1991, 5, 18), "平成3年5月18日（土）"),
    ],
)
def test_a_meeting_of_another_era_is_typed_and_printed_in_it(group, member, by, as_, suzuki, typed, day, said):
    MembershipTerm.objects.update(valid_from=date(1990, 4, 1))
    begins = datetime(day.year, day.month, day.day, 13, tzinfo=TOKYO)
    meeting = builders.make_meeting(group=group, starts_at=begins)
    builders.make_item(meeting=meeting)
    on_the_roll(meeting, by, member)
    hold(as_(suzuki), meeting, day=typed, begins="13:00", ends="15:00")
    assert (Meeting.objects.get(pk=meeting.pk).day, said in printed(meeting)) == (day, True)


# Without a roll


def test_a_record_without_a_roll_is_written_and_says_of_nobody_that_they_came(group, member, by):
    """Neither that nobody came."""
    meeting = builders.make_meeting(group=group, starts_at=BEGINNING)
    item = builders.make_item(meeting=meeting)
    record.add_entry(meeting=meeting, by=by, item=item, text="説明した。")
    composed = compose(meeting)
    assert ("説明した。" in composed.text, "0名" in composed.text) == (True, False)
    assert "出席の記録がまだありません。" in [problem.message for problem in composed.blockers]
    held = {"held_from": BEGINNING, "held_to": BEGINNING.replace(hour=15)}
    with pytest.raises(ValidationError, match="出席の記録がない方が1名います"):
        roll.hold(meeting=meeting, by=by, seen=meeting.version, **held)


# Somebody who left after they had answered


def test_who_left_after_answering_is_counted_nowhere_and_their_answer_is_kept(
    meeting, survey, member, expert, give, by, as_, suzuki
):
    give(mode=Mode.VENUE, note="通院のため遅れます")
    term = member.terms.get()
    memberships.end_membership(membership=member, by=by, valid_to=meeting.day - timedelta(days=1))
    desk = as_(suzuki)
    tally = text(desk.get(url(meeting, "tally")))
    assert ("佐藤 花子" in tally, survey.replies.count(), term.membership_id) == (False, 1, member.pk)
    assert "佐藤" not in text(desk.get(url(meeting, "roll")))
    assert roll.mark_as_answered(meeting=meeting, by=by) == 0
    assert as_(member.user).get(url(meeting, "reply")).status_code == 403


# An item of the agenda that somebody asked about


def test_an_item_with_questions_stays_and_so_do_they(group, member, by, as_, suzuki):
    meeting = builders.make_meeting(group=group)
    item = builders.make_item(meeting=meeting, title="話題提供")
    asked = meeting.questions.create(channel=QuestionChannel.ORAL, text="費用は", item=item, asker=member)
    remove = reverse("meetings:remove_item", args=[group.slug, meeting.number, item.pk])
    page = as_(suzuki).post(remove, {"seen": item.version}, follow=True)
    assert "この議題には質問、記録又は書面での回答があるため、削除できません。" in text(page)
    assert (list(meeting.items.all()), list(Question.objects.all())) == ([item], [asked])
    Question.objects.update(item=None)
    agenda.remove_item(item=item, by=by, seen=item.version)
    assert not meeting.items.exists()
