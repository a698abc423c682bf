"""The desk's front page says what waits: who is silent, what has not left or arrived, which questions are open."""

from datetime import timedelta

import pytest
from django.utils import timezone

from dxbukai import waiting
from foundation.calendar import wareki
from foundation.jobs.models import Job
from foundation.jobs.states import JobState
from meetings.models import Letter, Meeting
from meetings.states import MeetingState, Mode
from reports.models import Report
from tests import builders

DESK = "/groups/dx-now/desk/"
YEAR = "DX推進部会（令和8年度）"


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


@pytest.mark.parametrize("later", [JobState.DONE, JobState.WAITING, JobState.FAILED])
def test_what_came_back_waits_until_a_later_one_arrived(panel, meeting, expert, later):
    write_to(meeting, expert, JobState.FAILED)
    write_to(meeting, expert, later)
    assert panel().undelivered == (later != JobState.DONE)


def test_whoever_answered_after_all_is_called_no_more(panel, meeting, member, expert):
    for person in (member, expert):
        write_to(meeting, person, JobState.FAILED)
    builders.make_reply(survey=meeting.survey, membership=member)
    assert panel().undelivered == 1


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


# At home, of all desks together


@pytest.fixture
def at_home(as_, suzuki):
    def told():
        found = as_(suzuki).get("/").context["todos"]
        return [(todo.text, todo.url.removeprefix(f"{DESK}meetings/1/"), todo.due, todo.note) for todo in found]

    return told


def test_b6_at_home_the_desk_reads_who_is_silent_and_until_when(at_home, meeting, member, expert):
    builders.make_question(survey=meeting.survey, asker=member, addressee=expert)
    write_to(meeting, member, JobState.WAITING)
    write_to(meeting, expert, JobState.FAILED)
    when = wareki.datetime(Job.objects.get(state=JobState.WAITING).due_at)
    waits = f"{YEAR}　通知の送信待ち1通（{when}から順に送ります）　答えのない質問1件"
    assert at_home() == [
        ("第1回DX推進部会の回答状況を確認する（未回答1名）", "tally/", meeting.survey.closes_at, waits),
        ("第1回DX推進部会の通知が届かなかった1名に連絡する", "letters/", None, YEAR),
    ]


def test_what_is_over_waits_for_its_roll_and_then_for_its_report(at_home, as_, suzuki, group):
    now = timezone.now()
    over = {"starts_at": now - timedelta(hours=3), "ends_at": now - timedelta(hours=1)}
    meeting = builders.make_meeting(group=group, **over)
    assert at_home() == [("第1回DX推進部会の出席を記録し、「開催済み」にする", "roll/", None, YEAR)]
    Meeting.objects.filter(pk=meeting.pk).update(
        state=MeetingState.HELD, held_from=over["starts_at"], held_to=over["ends_at"], snapshot={}
    )
    assert at_home() == [("第1回DX推進部会の結果報告をまとめる", "report/", None, YEAR)]
    Report.objects.create(meeting=meeting).revisions.create(number=1, blocks=[], text="報告", published_by=suzuki)
    assert at_home() == []


def test_at_the_desk_of_another_group_it_is_none_of_theirs(as_, kimura, meeting):
    assert "第1回DX推進部会" not in as_(kimura).get("/").content.decode()


@pytest.mark.parametrize("meetings", [1, 3, 30])
def test_the_list_asks_as_often_for_one_as_for_many(suzuki, group, meetings, django_assert_num_queries):
    builders.make_membership(group=group)
    for number in range(meetings):
        builders.make_survey(meeting=builders.make_meeting(group=group, number=number + 1))
    with django_assert_num_queries(4):
        assert [todo.text[-7:] for todo in waiting.todo(suzuki)] == ["（未回答1名）"] * meetings
