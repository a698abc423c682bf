"""Who may, and when."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from meetings import policy
from meetings.models import Survey
from meetings.states import MeetingState
from members.models import DeskGrant
from tests import builders

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_the_desk_is_run_by_those_with_a_grant_of_today(meeting, suzuki, sato, abe):
    assert policy.can_run(suzuki, meeting)
    assert not policy.can_run(sato, meeting)
    assert not policy.can_run(abe, meeting)
    DeskGrant.objects.update(valid_to=timezone.localdate() - timedelta(days=1))
    assert not policy.can_run(suzuki, meeting)


def is_open_for(survey, membership):
    return policy.is_open(Survey.objects.for_person(membership).select_related("meeting").get(pk=survey.pk))


def test_a_form_is_open_between_its_two_moments(survey, member):
    now = timezone.now()
    assert is_open_for(survey, member)
    Survey.objects.update(opens_at=now + HOUR, closes_at=now + 2 * HOUR)
    assert not is_open_for(survey, member)
    Survey.objects.update(opens_at=now - 2 * HOUR, closes_at=now - HOUR)
    assert not is_open_for(survey, member)


@pytest.mark.parametrize(
    ("state", "prepared"),
    [
        (MeetingState.DRAFT, True),
        (MeetingState.ANNOUNCED, True),
        (MeetingState.HELD, False),
        (MeetingState.CANCELLED, False),
    ],
)
def test_a_plan_changes_until_the_meeting_is_held(meeting, state, prepared):
    meeting.state = state
    assert policy.is_being_prepared(meeting) is prepared


@pytest.mark.parametrize("state", MeetingState)
def test_what_happened_is_recorded_unless_it_was_cancelled(meeting, suzuki, state):
    meeting.state = state
    assert policy.can_record(suzuki, meeting) is (state != MeetingState.CANCELLED)


def test_a_call_needs_a_draft_with_a_day_and_a_form(group, survey):
    planned = survey.meeting
    planned.state = MeetingState.DRAFT
    assert policy.is_ready_to_announce(planned)
    planned.state = MeetingState.ANNOUNCED
    assert not policy.is_ready_to_announce(planned)
    planned.state = MeetingState.DRAFT
    planned.starts_at = None
    assert not policy.is_ready_to_announce(planned)
    assert not policy.is_ready_to_announce(builders.make_meeting(group=group, number=7, state=MeetingState.DRAFT))


def test_the_online_address_is_for_those_who_come_online(meeting):
    meeting.online_url = "https://meet.example.jp/abc"
    seen = [policy.can_see_online_url(meeting, mode) for mode in ("online", "venue", "absent", None)]
    assert seen == [True, False, False, False]
    meeting.online_url = ""
    assert not policy.can_see_online_url(meeting, "online")


def test_replies_are_gone_once_they_were_disposed_of(meeting, survey, group):
    """Where nobody was ever asked, none are."""
    unasked = builders.make_meeting(group=group, number=8)
    before = [policy.replies_are_gone(one) for one in (meeting, unasked)]
    survey.replies_disposed_on = date(2026, 4, 1)
    survey.save()
    meeting.refresh_from_db()
    assert (before, policy.replies_are_gone(meeting)) == ([False, False], True)
