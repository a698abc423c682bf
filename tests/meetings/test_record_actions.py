"""Roll, record and report as actions: who may, what is refused, what the audit log keeps."""

from datetime import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from foundation.actions import Actor, Conflict
from foundation.audit.models import Event
from foundation.calendar.wareki import TOKYO
from meetings.actions import elections, questions, record, roll
from meetings.states import MeetingState, Mode, Origin, QuestionChannel
from members.states import Category
from tests import builders
from tests.stories.first_meeting import FirstMeeting
from tests.stories.our_words import OUR_WORDS

BEGINNING, END = (datetime(2021, 5, 18, hour, tzinfo=TOKYO) for hour in (13, 15))


@pytest.fixture
def meeting(group, suzuki, member):
    return builders.make_meeting(group=group, starts_at=BEGINNING)


@pytest.fixture
def published(db):
    first = FirstMeeting(OUR_WORDS, members=3)
    first.approve()
    first.publish()
    return first


def hold(meeting, by):
    return roll.hold(meeting=meeting, seen=meeting.version, by=Actor(by), held_from=BEGINNING, held_to=END)


# The roll


def test_only_the_desk_takes_the_roll(meeting, member, sato):
    with pytest.raises(PermissionDenied):
        roll.mark(meeting=meeting, membership=member, by=Actor(sato), mode=Mode.VENUE)


def test_a_correction_of_the_roll_keeps_what_stood_there_before(meeting, member, suzuki):
    roll.mark(meeting=meeting, membership=member, by=Actor(suzuki), mode=Mode.VENUE)
    roll.mark(meeting=meeting, membership=member, by=Actor(suzuki), mode=Mode.ABSENT)
    assert meeting.roll.get().version == 2
    event = Event.objects.first()
    assert (event.by, event.action) == (suzuki, "meetings.mark")
    assert event.changes == {"membership": member.pk, "before": "venue", "after": "absent"}


def test_the_roll_keeps_name_and_title_as_they_were_that_day(meeting, member, sato, suzuki):
    line = roll.mark(meeting=meeting, membership=member, by=Actor(suzuki), mode=Mode.VENUE)
    sato.family_name = "田村"
    sato.save()
    line.refresh_from_db()
    assert (line.name, line.title) == ("佐藤　花子", "市民課主査")


def test_who_was_not_in_the_group_that_day_is_not_on_its_roll(meeting, group, suzuki):
    later = builders.make_membership(group=group, valid_from=datetime(2021, 6, 1, tzinfo=TOKYO).date())
    with pytest.raises(ValidationError, match="この方は、開催日には参加していません。"):
        roll.mark(meeting=meeting, membership=later, by=Actor(suzuki), mode=Mode.VENUE)


def test_a_substitute_cannot_be_absent(meeting, member, suzuki):
    with pytest.raises(ValidationError, match="代理出席は、会場で出席又はオンラインで出席のときだけ選べます。"):
        roll.mark(
            meeting=meeting, membership=member, by=Actor(suzuki), mode=Mode.ABSENT, substitute_name="代理 人見"
        )


def test_what_was_recorded_by_hand_stays_when_the_answers_are_taken_over(meeting, member, suzuki):
    builders.make_reply(survey=builders.make_survey(meeting=meeting), membership=member, mode=Mode.VENUE)
    roll.mark(meeting=meeting, membership=member, by=Actor(suzuki), mode=Mode.ONLINE)
    assert roll.mark_as_answered(meeting=meeting, by=Actor(suzuki)) == 0
    assert meeting.roll.get().mode == Mode.ONLINE


def test_secretariat_and_observers_need_not_be_on_the_roll(meeting, group, member, suzuki):
    builders.make_membership(group=group, category=Category.OBSERVER)
    roll.mark(meeting=meeting, membership=member, by=Actor(suzuki), mode=Mode.VENUE)
    assert hold(meeting, suzuki).state == MeetingState.HELD


def test_a_meeting_of_another_day_is_not_held_yet(group, suzuki):
    coming = builders.make_meeting(group=group)
    with pytest.raises(ValidationError, match="開催日がまだ来ていないため、開催済みにできません。"):
        roll.hold(
            meeting=coming,
            seen=coming.version,
            by=Actor(suzuki),
            held_from=coming.starts_at,
            held_to=coming.ends_at,
        )


def test_a_meeting_is_held_once(meeting, member, suzuki):
    roll.mark(meeting=meeting, membership=member, by=Actor(suzuki), mode=Mode.VENUE)
    held = hold(meeting, suzuki)
    with pytest.raises(ValidationError, match="この会議は「開催済み」のため、開催済みにできません。"):
        hold(held, suzuki)


# Record and questions


def test_only_the_desk_writes_the_record(published, sato):
    with pytest.raises(PermissionDenied):
        record.add_entry(meeting=published.meeting, by=Actor(sato), item=published.items[0], text="書き込み")


def test_the_elected_hold_their_office_from_that_day(published):
    term = published.chair.office_terms.get()
    assert (term.office, term.valid_from.isoformat()) == ("chair", "2021-05-18")


def test_a_second_chair_is_refused(published):
    with pytest.raises(ValidationError, match="この役職の互選は既に記録されています。"):
        elections.record_election(
            meeting=published.meeting,
            by=Actor(published.desk),
            item=published.items[1],
            elected=published.members[1],
        )
    assert published.meeting.entries.filter(origin="election").count() == 1


def test_a_members_own_question_is_neither_reworded_nor_removed(meeting, member, suzuki):
    asked = meeting.questions.create(channel=QuestionChannel.FORM, text="本人の文", asker=member)
    with pytest.raises(ValidationError, match="本人の文のまま載せます。"):
        questions.change_question(
            question=asked, seen=asked.version, by=Actor(suzuki), text="直した文", in_report=True
        )
    with pytest.raises(ValidationError, match="削除できません。"):
        questions.remove_question(question=asked, seen=asked.version, by=Actor(suzuki))


def test_lines_that_are_proposed_stand_below_what_was_written_before(meeting, member, suzuki):
    """And one that the desk has written itself is not proposed a second time."""
    by = Actor(suzuki)
    record.add_entry(meeting=meeting, by=by, text="閉会の挨拶")
    record.add_entry(meeting=meeting, by=by, origin=Origin.FORM_QUESTIONS)
    record.add_entry(meeting=meeting, by=by, text="次回の会場の案内")
    roll.mark(meeting=meeting, membership=member, by=by, mode=Mode.VENUE)
    hold(meeting, suzuki)

    lines = list(meeting.entries.values_list("order", "origin", "text"))
    assert lines == [
        (1, "typed", "閉会の挨拶"),
        (2, "form_questions", ""),
        (3, "typed", "次回の会場の案内"),
        (4, "form_themes", ""),
    ]


# Two tabs


def test_a_mark_does_not_overwrite_what_the_page_did_not_show(meeting, member, suzuki):
    roll.mark(meeting=meeting, membership=member, by=Actor(suzuki), mode=Mode.VENUE, seen=0)
    with pytest.raises(Conflict):
        roll.mark(meeting=meeting, membership=member, by=Actor(suzuki), mode=Mode.ABSENT, seen=0)
    assert meeting.roll.get().mode == Mode.VENUE


def test_what_another_tab_changed_is_neither_removed_nor_reworded(meeting, suzuki):
    by = Actor(suzuki)
    line = record.add_entry(meeting=meeting, by=by, text="一行")
    record.edit_entry(entry=line, by=by, seen=1, text="直した一行")
    question = questions.ask(meeting=meeting, by=by, text="質問", answers=["回答"])
    questions.change_question(question=question, by=by, seen=1, text="直した質問", in_report=True)
    answer = question.answers.get()
    questions.reword_answer(answer=answer, by=by, seen=1, text="直した回答")
    stale = [
        lambda: record.remove_entry(entry=line, by=by, seen=1),
        lambda: questions.change_question(question=question, by=by, seen=1, text="別の質問", in_report=True),
        lambda: questions.remove_question(question=question, by=by, seen=1),
        lambda: questions.reword_answer(answer=answer, by=by, seen=1, text="別の回答"),
        lambda: questions.remove_answer(answer=answer, by=by, seen=1),
    ]
    for act in stale:
        with pytest.raises(Conflict):
            act()


def test_what_another_tab_removed_is_said(meeting, suzuki):
    line = record.add_entry(meeting=meeting, by=Actor(suzuki), text="一行")
    record.remove_entry(entry=line, by=Actor(suzuki), seen=1)
    line.pk = meeting.entries.model.objects.count() + 99
    with pytest.raises(ValidationError, match="他の画面で削除されたため"):
        record.edit_entry(entry=line, by=Actor(suzuki), seen=1, text="直した")
