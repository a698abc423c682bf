"""What is done after the answer to the page: a large file is read or published, public files are looked after."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.db.models import F
from django.utils.translation import gettext as _

from foundation.actions import SYSTEM, Actor, Conflict, Via
from foundation.apart import Busy
from foundation.db import clock
from foundation.files import sweeping
from foundation.jobs.models import Job
from foundation.jobs.outcomes import NotNow, Refused
from foundation.jobs.queue import enqueue
from foundation.jobs.registry import kind
from foundation.jobs.rules import ClockRule, Daily
from foundation.jobs.states import JobState
from members import working_days
from members.models import User
from opendata import actions
from opendata.catalogue import kept, leftovers, publishing
from opendata.models import DatasetVersion
from opendata.table import reading
from tablecheck import Progress

# Seconds until the turn of the next job comes first.
PATIENCE = 600
MAKE_FILES, CHECK_FILES, SWEEP = "opendata.make_files", "opendata.check_files", "opendata.sweep"
REMIND = "opendata.remind_of_updates"


@kind(reading.KIND, lease=timedelta(minutes=2), attempts=3)
def read(job: Job) -> None:
    """Three attempts: a file that has ended three workers will end the fourth."""
    asked = job.payload
    version = asked_for(
        job, _("読み込む前に、ファイルが差し替えられたか内容が変更されたため、読み込みませんでした。")
    )
    try:
        carry_out(job, actions.read, version=version, way=asked.get("way"), wait=PATIENCE)
    except Busy:
        raise NotNow(_("別のファイルの読み込みが続いています。")) from None


@kind(publishing.KIND, lease=timedelta(minutes=2), attempts=5)
def publish(job: Job) -> None:
    asked = job.payload
    version = asked_for(job, _("承認の後に、差し戻されたか内容が変更されたため、公開しませんでした。"))
    check = asked["check"] | {"head_checked_on": date.fromisoformat(asked["check"]["head_checked_on"])}
    carry_out(job, actions.publish, version=version, seen=asked["seen"], **check)


@kind(MAKE_FILES, lease=timedelta(minutes=2), attempts=5)
def make_files(job: Job) -> None:
    version = DatasetVersion.objects.get(pk=job.payload["version"])
    actions.make_files(version=version, by=SYSTEM, progress=teller(job))


@kind(CHECK_FILES, lease=timedelta(minutes=10))
def check_files(job: Job) -> None:
    """Look at every public file: what is not there, or not what it was, is made in a job of its own."""
    public = DatasetVersion.objects.published().filter(dataset__withdrawn_at__isnull=True)
    versions = list(public.filter(disposed_on__isnull=True).light())
    for number, version in enumerate(versions, start=1):
        if kept.lacking(version):
            enqueue(kind=MAKE_FILES, key=f"{version.pk} {job.pk}", payload={"version": version.pk})
        job.report(number, len(versions))


@kind(SWEEP, lease=timedelta(minutes=10))
def sweep(job: Job) -> None:
    """What no row named on the night before, and names on none now, goes; what was found first, the next time."""
    if not sweeping.may_sweep():
        raise NotNow(_("ファイルの登録が続いています。"))
    before = Job.objects.filter(kind=SWEEP, state=JobState.DONE).exclude(pk=job.pk).order_by("-pk").first()
    known = set(before.result["left"]) if before and before.result else set()
    found = leftovers.found()
    for name in sorted(found & known):
        default_storage.delete(name)
    job.result = {"left": sorted(found - known), "gone": len(found & known)}


@kind(REMIND)
def remind_of_updates(_job: Job) -> None:
    remind_on(clock.today())


def remind_on(today: date) -> None:
    """On a working day, of what was due by the day before."""
    if not working_days.is_workday(today):
        return
    waiting = DatasetVersion.objects.awaiting_update().exclude(dataset__reminded_of=F("number")).light()
    for version in waiting.select_related("dataset__department"):
        if version.is_overdue:
            actions.remind_of_update(version=version, by=SYSTEM)


# At night, and as soon as a worker runs that missed it: after an upgrade nobody has to think of it.
NIGHTLY = ClockRule(CHECK_FILES, Daily(time(3, 30)))
SWEPT = ClockRule(SWEEP, Daily(time(4)))
MORNINGS = ClockRule(REMIND, Daily(time(8)))


def asked_for(job: Job, otherwise: str) -> DatasetVersion:
    """The version as it stood when the job was asked for."""
    asked = job.payload
    version = DatasetVersion.objects.select_related("dataset__department").filter(pk=asked["version"]).first()
    if version is None or version.version != asked["seen"]:
        raise Refused(otherwise)
    return version


def carry_out(job: Job, do: Callable[..., object], **values: Any) -> None:
    """By whoever asked for it, who may no longer be allowed to."""
    by = Actor(User.objects.get(pk=job.payload["by"]), Via(job.payload["via"]))
    try:
        do(by=by, progress=teller(job), **values)
    except (Conflict, PermissionDenied) as refusal:
        raise Refused(str(refusal)) from refusal
    except ValidationError as refusal:
        raise Refused(" ".join(refusal.messages)) from refusal


def teller(job: Job) -> Progress:
    def tell(done: int, total: int) -> None:
        job.report(done, total)

    return tell
