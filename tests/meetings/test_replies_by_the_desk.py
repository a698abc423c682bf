"""Replies that the desk enters, and what is kept of every reply."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from foundation.actions import Actor, Conflict
from foundation.audit.models import Event
from meetings.actions import replies, surveys
from meetings.models import Meeting, ReplyRevision
from meetings.states import MeetingState, Mode
from tests import builders
from tests.meetings.conftest import close

HOUR = timedelta(hours=1)


# Entered by the desk


@pytest.fixture
def enter(survey, member, suzuki):
    def send(by=suzuki, version=0, **given):
        return replies.enter_reply(
            survey=survey,
            membership=member,
            by=Actor(by),
            content=builders.make_content(**given),
            idempotency_key=uuid4(),
            seen=version,
        )

    return send


def test_the_desk_enters_an_answer_also_after_the_deadline_and_it_is_marked(enter, survey, suzuki):
    close(survey)
    response = enter(mode="online")
    assert (response.mode, response.entered_by, response.entered_by_desk) == ("online", suzuki, True)
    assert Event.objects.get(action="meetings.enter_reply").by == suzuki


def test_on_the_receipt_a_person_finds_each_answer_of_theirs_and_who_wrote_it_down(give, enter, as_, sato):
    give(mode=Mode.VENUE)
    receipt = "/groups/dx-now/meetings/2/answer/receipt/"
    home = as_(sato)
    assert "これまでの回答" not in home.get(receipt).text
    give(mode=Mode.ABSENT, version=1)
    enter(mode=Mode.ONLINE, version=2)
    shown = home.get(receipt)
    assert [entry.words for entry in shown.context["history"]] == [
        [("出欠", "オンラインで出席")],
        [("出欠", "欠席")],
        [("出欠", "会場で出席")],
    ]
    assert re.findall("（御本人）|（事務局が入力）", shown.text) == [
        "（事務局が入力）",
        "（御本人）",
        "（御本人）",
    ]


def test_a_member_enters_nothing_for_others(enter, tanaka):
    with pytest.raises(PermissionDenied):
        enter(by=tanaka, mode="venue")


def test_desk_and_member_do_not_overwrite_each_other(enter, give):
    give(mode=Mode.VENUE)
    with pytest.raises(Conflict):
        enter(mode="absent")


# Every reply keeps its revisions


def test_each_change_leaves_a_revision_with_who_and_by_which_way(give, enter, sato, suzuki):
    first = give(mode=Mode.VENUE)
    enter(mode="absent", version=first.version)
    rows = ReplyRevision.objects.values_list("number", "by", "via", "content__attendance__mode")
    assert list(rows) == [(1, sato.pk, "login", "venue"), (2, suzuki.pk, "desk", "absent")]


def test_what_is_sent_twice_is_one_revision(give):
    give(mode=Mode.VENUE)
    give(mode=Mode.VENUE)
    assert ReplyRevision.objects.count() == 1


def test_a_revision_is_kept_as_it_was(give):
    give(mode=Mode.VENUE)
    for spoil in (lambda rows: rows.update(number=9), lambda rows: rows.delete()):
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            spoil(ReplyRevision.objects.all())


# Guards


def test_more_time_ends_after_the_time_of_all(survey, member, suzuki):
    """Later than now, and still before the survey's own deadline: nothing would be won."""
    with pytest.raises(ValidationError, match="延長後の期限は"):
        replies.extend(survey=survey, membership=member, by=Actor(suzuki), until=survey.closes_at - HOUR)


@pytest.mark.parametrize("state", [MeetingState.DRAFT, MeetingState.CANCELLED])
def test_the_desk_enters_nothing_before_the_call_or_after_the_end(enter, meeting, state):
    Meeting.objects.filter(pk=meeting.pk).update(state=state)
    with pytest.raises(ValidationError, match="開催通知の後、開催済みになるまでの間だけ"):
        enter(mode="absent")


def test_a_called_meetings_survey_is_not_closed_in_the_past(meeting, survey, suzuki):
    with pytest.raises(ValidationError, match="回答期限は今より後に"):
        surveys.set_survey(
            meeting=meeting, by=Actor(suzuki), closes_at=timezone.now() - HOUR, sections=[], themes=[]
        )


def test_two_tabs_do_not_overwrite_the_survey(meeting, survey, suzuki):
    later = survey.closes_at + HOUR
    for seen in (1, 2):
        surveys.set_survey(meeting=meeting, by=Actor(suzuki), closes_at=later, sections=[], themes=[], seen=seen)
    with pytest.raises(Conflict):
        surveys.set_survey(meeting=meeting, by=Actor(suzuki), closes_at=later, sections=[], themes=[], seen=1)
