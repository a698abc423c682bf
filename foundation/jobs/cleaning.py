"""What was done a month ago is told by the audit log: its job goes, with what it was asked with."""

from datetime import time, timedelta

from django.db.models.functions import Now

from foundation.jobs.models import Job
from foundation.jobs.registry import kind
from foundation.jobs.rules import ClockRule, Daily
from foundation.jobs.states import NEEDING_A_PERSON

NAME = "jobs.forget"
LONG_ENOUGH = timedelta(days=30)


@kind(NAME)
def forget(_job: Job) -> None:
    """But for those that wait for a person, and those of an email, which go with it."""
    ended = Job.objects.filter(finished_at__lt=Now() - LONG_ENOUGH).exclude(state__in=NEEDING_A_PERSON)
    ended.filter(email=None).delete()


NIGHTLY = ClockRule(NAME, Daily(time(3, 30)))
