"""Kinds of job that only tests know."""

from datetime import time, timedelta

from django.contrib.sessions.models import Session
from django.utils import timezone

from foundation.jobs.models import Job
from foundation.jobs.outcomes import NotNow, Refused, Unclear
from foundation.jobs.registry import Kind, kind
from foundation.jobs.rules import ClockRule, Daily, Every

KINDS = [f"{__name__}.{name}" for name in ("note", "Letter", "refuse", "delay", "stumble", "count")]


@kind("note")
def note(job: Job) -> None:
    """Its work is a row, so that one sees whether it was done, and how often."""
    Session.objects.create(session_key=f"{job.key[:30]} {job.attempts}", expire_date=timezone.now())
    job.result = {"noted": job.key}


@kind("refuse")
def refuse(job: Job) -> None:
    note.handle(job)
    raise Refused("こういうものはできません。")


@kind("delay")
def delay(job: Job) -> None:
    note.handle(job)
    raise NotNow("今はできません。")


@kind("stumble", attempts=2)
def stumble(job: Job) -> None:
    note.handle(job)
    raise KeyError(job.key)


@kind("count", lease=timedelta(minutes=5))
def count(job: Job) -> None:
    for number in range(1, 4):
        job.report(number, 3, "数えています。")


class Letter(Kind):
    """Leaves the house: neither rolled back nor done twice."""

    name = "letter"
    transactional = repeatable = False

    def handle(self, job: Job) -> None:
        note.handle(job)
        if job.payload.get("silent"):
            raise Unclear("返事がありません。")


NIGHTLY = ClockRule("note", Daily(time(3)))
HOURLY = ClockRule("note", Every(timedelta(hours=1)), {"why": "hourly"})


def noted() -> list[str]:
    return sorted(Session.objects.values_list("session_key", flat=True))
