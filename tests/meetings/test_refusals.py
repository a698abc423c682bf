"""What the actions on a meeting refuse, and in which words: each of these was once a press away."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from foundation.actions import Actor
from foundation.audit.models import Event
from meetings import proposals
from meetings.actions import agenda, meetings, questions, replies, surveys
from meetings.models import Meeting, ReplyRevision, Survey
from meetings.states import MeetingState, QuestionChannel, QuestionState
from members import working_days
from tests import builders

HOUR = timedelta(hours=1)


def working(day):
    """That day, or the next on which the town hall is open."""
    while not working_days.is_workday(timezone.localtime(day).date()):
        day += timedelta(days=1)
    return day


@pytest.fixture
def by(suzuki):
    return Actor(suzuki)


@pytest.fixture
def planned(group):
    """With a day and a survey that is open."""
    day = timezone.now() + timedelta(days=10)
    meeting = builders.make_meeting(group=group, starts_at=working(day), state=MeetingState.DRAFT)
    builders.make_survey(meeting=meeting)
    return meeting


def close(meeting):
    Survey.objects.filter(meeting=meeting).update(closes_at=timezone.now() - HOUR)


# The call


def test_a_call_whose_deadline_has_passed_does_not_go_out(planned, by, emails):
    close(planned)
    with pytest.raises(ValidationError, match="回答期限が過ぎています"):
        meetings.announce(meeting=planned, by=by, seen=planned.version)
    assert (Meeting.objects.get(pk=planned.pk).state, emails()) == ("draft", [])


def test_a_meeting_that_was_called_is_not_called_again(meeting, survey, by, emails):
    with pytest.raises(ValidationError, match="この会議は「開催通知済み」のため、「開催通知済み」にできません。"):
        meetings.announce(meeting=meeting, by=by, seen=meeting.version)
    assert emails() == []


def test_a_deadline_that_passed_before_the_call_is_pointed_out(planned):
    close(planned)
    assert proposals.warnings(Meeting.objects.get(pk=planned.pk)) == [
        "入力フォームの回答期限が過ぎています。開催通知を送る前に改めてください。"
    ]


def test_of_a_meeting_without_a_day_nothing_speaks_against_it(group):
    meeting = builders.make_meeting(group=group, state=MeetingState.DRAFT)
    meeting.starts_at = meeting.ends_at = None
    assert proposals.warnings(meeting) == []


# Afterwards


def test_nobody_is_reminded_before_the_call(planned, member, by):
    with pytest.raises(ValidationError, match="再案内を送る方がいません"):
        meetings.remind(meeting=planned, by=by, people=[member.pk])


def test_nobody_is_reminded_after_the_deadline(meeting, survey, member, by, emails):
    close(meeting)
    with pytest.raises(ValidationError, match="再案内を送る方がいません"):
        meetings.remind(meeting=meeting, by=by, people=[member.pk])
    assert emails() == []


def test_nobody_is_reminded_of_a_survey_that_is_not_there(meeting, member, by):
    with pytest.raises(ValidationError, match="再案内を送る方がいません"):
        meetings.remind(meeting=meeting, by=by, people=[member.pk])


def test_no_link_goes_out_before_the_call(planned, member, by, emails):
    with pytest.raises(ValidationError, match="開催通知の後、名簿にある方だけに"):
        meetings.resend(meeting=planned, membership=member, by=by)
    assert emails() == []


def test_no_link_goes_to_a_person_of_another_group(meeting, survey, stranger, by, emails):
    with pytest.raises(ValidationError, match="開催通知の後、名簿にある方だけに"):
        meetings.resend(meeting=meeting, membership=stranger.memberships.get(), by=by)
    assert emails() == []


@pytest.mark.parametrize("state", [MeetingState.DRAFT, MeetingState.HELD, MeetingState.CANCELLED])
def test_nobody_gets_more_time_before_the_call_or_after_the_end(meeting, survey, member, by, state):
    held = {"held_from": meeting.starts_at, "held_to": meeting.ends_at, "snapshot": {"members": {}, "next": None}}
    Meeting.objects.filter(pk=meeting.pk).update(state=state, **held if state == MeetingState.HELD else {})
    with pytest.raises(ValidationError, match="開催通知の後、開催済みになるまでの間だけ延長"):
        replies.extend(survey=survey, membership=member, by=by, until=survey.closes_at + HOUR)


# The survey


def test_there_is_no_survey_before_there_is_a_day(group, by):
    meeting = builders.make_meeting(group=group, state=MeetingState.DRAFT)
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=None, ends_at=None, date_note="9月上旬")
    with pytest.raises(ValidationError, match="会議の日時を決めてください"):
        surveys.set_survey(meeting=meeting, by=by, closes_at=timezone.now() + HOUR, sections=[], themes=[])


def test_a_meeting_that_has_none_gets_its_survey(group, by):
    meeting = builders.make_meeting(group=group, state=MeetingState.DRAFT)
    closes_at = timezone.now() + HOUR
    surveys.set_survey(meeting=meeting, by=by, closes_at=closes_at, sections=[], themes=[], seen=0)
    assert Survey.objects.get(meeting=meeting).closes_at == closes_at


def test_a_reply_before_the_survey_opens_is_told_when_it_does(give, survey):
    opens_at = timezone.now() + HOUR
    Survey.objects.filter(pk=survey.pk).update(opens_at=opens_at)
    with pytest.raises(ValidationError, match=r"回答の受付は.+からです。"):
        give()


def test_what_the_desk_enters_twice_is_one_reply(survey, member, by):
    for _press in range(2):
        reply = replies.enter_reply(
            survey=survey,
            membership=member,
            by=by,
            content=builders.make_content(mode="absent"),
            idempotency_key=uuid4(),
            seen=0,
        )
    assert (reply.version, ReplyRevision.objects.count()) == (1, 1)


# The agenda and the questions


def test_an_item_saved_as_it_was_is_no_change(planned, by):
    item = agenda.add_item(meeting=planned, by=by, title="協議")
    version = Meeting.objects.get(pk=planned.pk).version
    agenda.edit_item(item=item, by=by, seen=item.version, title="協議")
    assert Meeting.objects.get(pk=planned.pk).version == version


def test_a_question_typed_by_mistake_is_taken_away_and_kept_in_the_log(meeting, by):
    question = meeting.questions.create(channel=QuestionChannel.ORAL, text="聞き違い")
    questions.remove_question(question=question, by=by, seen=question.version)
    assert list(meeting.questions.all()) == []
    assert Event.objects.get(action="meetings.remove_question").changes["text"] == "聞き違い"


def test_a_question_that_its_asker_took_back_is_gone_from_the_desk(meeting, as_, suzuki):
    standing = meeting.questions.create(channel=QuestionChannel.ORAL, text="聞きたいこと")
    withdrawn = meeting.questions.create(
        channel=QuestionChannel.ORAL, text="取り下げたこと", state=QuestionState.WITHDRAWN
    )
    address = reverse("meetings:questions", args=[meeting.group.slug, meeting.number])
    assert list(as_(suzuki).get(address).context["questions"]) == [standing]
    pages = [
        as_(suzuki).get(reverse("meetings:change_question", args=[meeting.group.slug, meeting.number, row.pk]))
        for row in (standing, withdrawn)
    ]
    assert [page.status_code for page in pages] == [200, 404]
