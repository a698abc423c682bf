"""What is done at night; and after the answer to somebody before the door, who must not learn how much it was."""

from datetime import time, timedelta

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from foundation.actions import Actor, Via
from foundation.db import clock
from foundation.jobs.models import Job
from foundation.jobs.outcomes import Refused
from foundation.jobs.registry import kind
from foundation.jobs.rules import ClockRule, Daily
from foundation.jobs.states import JobState
from members import entry, factors
from members.actions import rosters
from members.models import EntryRequest, RosterImport, User
from members.states import LETTER_JOB, PREVIEW_JOB

UNUSED_FOR, KEPT_FOR = timedelta(days=30), timedelta(days=90)


@kind(LETTER_JOB, attempts=3)
def write_letter(job: Job) -> None:
    asked = EntryRequest.objects.filter(pk=job.payload["request"]).first()
    if asked is not None:
        entry.write_letter(asked=asked)


@kind(PREVIEW_JOB, lease=timedelta(minutes=2), attempts=3)
def preview_roster(job: Job) -> None:
    """By whoever brought the list, as it was when they asked: what was decided since is a later job."""
    roster = RosterImport.objects.filter(pk=job.payload["roster"]).first()
    if roster is None or roster.version != job.payload["seen"]:
        raise Refused(_("名簿の条件が変更されたため、この確認は行いませんでした。"))
    by = Actor(User.objects.get(pk=job.payload["by"]), Via(job.payload["via"]))
    try:
        rosters.preview_roster(roster=roster, by=by, progress=job.report)
    except PermissionDenied as refusal:
        raise Refused(str(refusal)) from refusal


@kind("members.forget_rosters")
def forget_rosters(_job: Job) -> None:
    """Lists of people that were not registered for a month, or were three months ago: what was done stays in the
    trail of each.
    """
    now = clock.now()
    unused = Q(applied_at__isnull=True, at__lt=now - UNUSED_FOR)
    RosterImport.objects.filter(unused | Q(applied_at__lt=now - KEPT_FOR)).delete()


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
ROSTERS_NIGHTLY = ClockRule("members.forget_rosters", Daily(time(3, 35)))
KEYS_NIGHTLY = ClockRule("members.close_anew", Daily(time(3, 40)))
