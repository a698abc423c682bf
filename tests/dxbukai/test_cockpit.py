"""The desk's front page says what waits: who is silent, what has not left or arrived, which questions are open."""

import pytest
from django.utils import timezone

from foundation.jobs.models import Job
from foundation.jobs.states import JobState
from meetings.models import Letter
from meetings.states import MeetingState, Mode
from tests import builders

DESK = "/groups/dx-now/desk/"


@pytest.fixture
def meeting(group, member, expert):
    meeting = builders.make_meeting(group=group)
    builders.make_survey(meeting=meeting)
    return meeting


@pytest.fixture
def panel(as_, suzuki, meeting):
    def shown():
        (row,) = as_(suzuki).get(DESK).context["rows"]
        return row[2]

    return shown


def write_to(meeting, membership, state):
    finished = None if state == JobState.WAITING else timezone.now()
    email = builders.make_email(state=state)
    Job.objects.filter(pk=email.job_id).update(finished_at=finished)
    return Letter.objects.create(meeting=meeting, membership=membership, kind="announce", email=email)


def test_who_comes_and_who_is_silent(panel, meeting, member):
    builders.make_reply(survey=meeting.survey, membership=member, mode=Mode.ONLINE)
    assert panel().figures == [("会場で出席", 0), ("オンラインで出席", 1), ("欠席", 0)]
    assert (panel().asked, panel().unanswered) == (2, 1)


def test_an_answer_for_another_day_is_no_answer(panel, meeting, member):
    builders.make_reply(survey=meeting.survey, membership=member, said_for=timezone.now())
    assert panel().unanswered == 2


def test_what_waits_and_what_did_not_arrive(panel, meeting, member, expert):
    write_to(meeting, member, JobState.WAITING)
    write_to(meeting, expert, JobState.FAILED)
    assert (panel().waiting, panel().undelivered) == (1, 1)


def test_questions_and_those_without_an_answer(panel, meeting, member, expert):
    asked = builders.make_question(survey=meeting.survey, asker=member, addressee=expert)
    meeting.questions.create(channel="oral", text="もう一つの質問")
    asked.answers.create(text="回答")
    assert (panel().questions, panel().unanswered_questions) == (2, 1)


@pytest.mark.parametrize("state", [MeetingState.DRAFT, MeetingState.HELD])
def test_of_a_meeting_that_is_not_called_nothing_waits(as_, suzuki, group, state):
    builders.make_meeting(group=group, state=state)
    (row,) = as_(suzuki).get(DESK).context["rows"]
    assert row[2] is None


def test_the_button_reminds_as_long_as_somebody_can_answer(as_, suzuki, meeting):
    assert "未回答の2名に再案内を送る" in as_(suzuki).get(DESK).content.decode()


def test_a_member_finds_the_next_meeting_at_home_with_the_own_answer(as_, sato, meeting, member):
    home = as_(sato)
    assert home.get("/").context["coming"] == [(meeting, None)]
    reply = builders.make_reply(survey=meeting.survey, membership=member)
    assert home.get("/").context["coming"] == [(meeting, reply)]


def test_who_does_not_take_part_finds_none(as_, kimura, meeting):
    assert as_(kimura).get("/").context["coming"] == []
