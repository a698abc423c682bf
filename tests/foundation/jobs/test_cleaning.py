"""A month after it ended a job is gone, with the names it may have been asked with."""

from datetime import timedelta

import pytest
from django.utils import timezone

from foundation.jobs.cleaning import forget
from foundation.jobs.models import Job
from foundation.jobs.states import JobState
from tests import builders

pytestmark = pytest.mark.django_db


def ended(state, days):
    at = timezone.now() - timedelta(days=days)
    return Job.objects.create(kind="x", key=f"{state} {days}", state=state, finished_at=at)


def test_what_ended_a_month_ago_goes_unless_a_person_must_look():
    for days in (29, 31):
        for state in (JobState.DONE, JobState.CANCELLED, JobState.FAILED, JobState.UNCLEAR):
            ended(state, days)
    Job.objects.create(kind="x", key="waits")
    forget.handle(Job())
    assert set(Job.objects.values_list("key", flat=True)) == {
        "waits",
        *(f"{state} 29" for state in ("done", "cancelled", "failed", "unclear")),
        "failed 31",
        "unclear 31",
    }


def test_an_emails_goes_with_the_email():
    email = builders.make_email(state=JobState.DONE)
    Job.objects.update(finished_at=timezone.now() - timedelta(days=400))
    forget.handle(Job())
    assert list(Job.objects.all()) == [email.job]
