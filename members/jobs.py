"""What is done at night; and after the answer to somebody before the door, who must not learn how much it was."""

from datetime import time, timedelta

from django.db.models.functions import Now

from foundation.jobs.models import Job
from foundation.jobs.registry import kind
from foundation.jobs.rules import ClockRule, Daily
from foundation.jobs.states import JobState
from members import entry, factors
from members.models import EntryRequest
from members.states import LETTER_JOB


@kind(LETTER_JOB, attempts=3)
def write_letter(job: Job) -> None:
    asked = EntryRequest.objects.filter(pk=job.payload["request"]).first()
    if asked is not None:
        entry.write_letter(asked=asked)


@kind("members.forget_requests")
def forget_requests(_job: Job) -> None:
    """What was asked for a day ago, mostly by people and sometimes for addresses of strangers."""
    yesterday = Now() - timedelta(days=1)
    EntryRequest.objects.filter(asked_at__lt=yesterday).delete()
    Job.objects.filter(kind=LETTER_JOB, state=JobState.DONE, finished_at__lt=yesterday).delete()


@kind("members.close_anew")
def close_anew(_job: Job) -> None:
    """No person did it, and nothing changed for one: no row of the audit log."""
    factors.close_anew()


NIGHTLY = ClockRule("members.forget_requests", Daily(time(3, 30)))
KEYS_NIGHTLY = ClockRule("members.close_anew", Daily(time(3, 40)))
