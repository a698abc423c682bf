"""The queue as its workers see it: take a job, say what became of it. Every time is the database's."""

import datetime as dt
import json
import random
from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Greatest, Now
from django.utils.translation import gettext as _

from foundation.jobs.models import NORMAL, Job, JobQuerySet
from foundation.jobs.registry import Kind, kinds
from foundation.jobs.states import CANCELLABLE, JobState

LONGEST_PAUSE = timedelta(hours=2)
CHANNEL = "jobs"

# The bell rings when the transaction is committed. A key that is there already is left as it is.
# All in one statement: three thousand people are written to while somebody waits for the page.
ENQUEUE = f"""
WITH job AS (
    INSERT INTO jobs_job (kind, key, payload, priority, state, due_at)
    SELECT %s, key, payload, priority, 'waiting', coalesce(due_at, statement_timestamp())
    FROM unnest(%s::text[], %s::jsonb[], %s::smallint[], %s::timestamptz[]) AS w (key, payload, priority, due_at)
    ON CONFLICT (kind, key) DO NOTHING
    RETURNING *
)
SELECT job.*, true AS is_new, pg_notify('{CHANNEL}', '') FROM job
"""  # noqa: S608 -- a name of ours


class Wanted(NamedTuple):
    key: str
    payload: Mapping[str, Any] = {}
    due_at: dt.datetime | None = None
    priority: int = NORMAL


def enqueue(
    *,
    kind: str,
    key: str,
    payload: Mapping[str, Any] | None = None,
    due_at: dt.datetime | None = None,
    priority: int = NORMAL,
) -> Job:
    """Have something done after this transaction; the same key of the same kind is the same job."""
    (job,) = enqueue_all(kind, [Wanted(key, payload or {}, due_at, priority)])
    return job


def enqueue_all(kind: str, wanted: Sequence[Wanted]) -> list[Job]:
    """Many of one kind, in their order."""
    if not connection.in_atomic_block:
        raise RuntimeError("jobs.enqueue() belongs into the transaction of the action that wants it")
    keys = [each.key for each in wanted]
    texts = [json.dumps(each.payload, cls=DjangoJSONEncoder) for each in wanted]
    urgency, moments = [each.priority for each in wanted], [each.due_at for each in wanted]
    found = {job.key: job for job in Job.objects.raw(ENQUEUE, [kind, keys, texts, urgency, moments])}
    if known := set(keys) - set(found):
        found |= {job.key: job for job in Job.objects.filter(kind=kind, key__in=known)}
    return [found[key] for key in keys]


def next_kind(known: Collection[str]) -> str | None:
    """Of what kind, among these, the job is whose turn it is."""
    return Job.objects.due().filter(kind__in=known).values_list("kind", flat=True).first()


@transaction.atomic
def take(kind: str, lease: timedelta) -> Job | None:
    """The job whose turn it is, now in this worker's hand; others step over it.

    `lease_until` is this taking's own mark: whoever took the job later has another.
    """
    known = kinds()[kind]
    known.before_taking()
    job = Job.objects.due().filter(kind=kind).select_for_update(skip_locked=True, no_key=True).first()
    if job is None:
        return None
    Job.objects.filter(pk=job.pk).update(
        state=JobState.RUNNING, attempts=F("attempts") + 1, lease_until=Now() + lease
    )
    job.refresh_from_db()
    known.taken(job)
    return job


def done(job: Job, _reason: str = "") -> bool:
    return close(
        job,
        JobState.DONE,
        last_error="",
        result=job.result,
        progress_done=job.progress_done,
        progress_total=job.progress_total,
        progress_note=job.progress_note,
    )


def failed(job: Job, reason: str) -> bool:
    return close(job, JobState.FAILED, last_error=reason)


def unclear(job: Job, reason: str) -> bool:
    return close(job, JobState.UNCLEAR, last_error=reason)


def later(job: Job, reason: str) -> bool:
    """Only while it is certainly in hand: what ended meanwhile does not begin anew."""
    if job.attempts >= kinds()[job.kind].attempts:
        return failed(job, reason)
    return _lay_down(job, due_at=Now() + pause_after(job.attempts), last_error=reason)


def came_back(job: Job, reason: str) -> bool:
    """Word from elsewhere that what was done came to nothing; what waits to be done anew goes on."""
    left = Job.objects.filter(pk=job.pk, state__in=[JobState.DONE, JobState.RUNNING, JobState.UNCLEAR])
    return _end(left, job, JobState.FAILED, last_error=reason)


def back(job: Job, _reason: str = "") -> bool:
    """Laid down untried."""
    return _lay_down(job, attempts=Greatest(F("attempts") - 1, 0))


@transaction.atomic
def _lay_down(job: Job, **values: Any) -> bool:
    waits = bool(in_hand(job).filter(state=JobState.RUNNING).update(**waiting(**values)))
    if waits:
        kinds()[job.kind].laid_down(job)
    return waits


def again(job: Job) -> None:
    """A person has asked for it: now, and with all its attempts."""
    Job.objects.filter(pk=job.pk).update(**waiting(attempts=0, due_at=Now(), last_error=""))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])


@transaction.atomic
def cancel(job: Job) -> bool:
    """It will not be done (any more). What is in hand is given up only where it can be rolled back."""
    allowed = set(CANCELLABLE)
    if kinds()[job.kind].transactional:
        allowed.add(JobState.RUNNING)
    return _end(Job.objects.filter(pk=job.pk, state__in=allowed), job, JobState.CANCELLED)


@transaction.atomic
def cancel_all(jobs: JobQuerySet) -> list[Job]:
    """Those of these, all of one kind, that nobody has in hand yet."""
    found = list(jobs.filter(state=JobState.WAITING).order_by("pk").select_for_update(no_key=True))
    if found:
        Job.objects.filter(pk__in=[job.pk for job in found]).update(state=JobState.CANCELLED, finished_at=Now())
        kinds()[found[0].kind].cancelled(found)
    return found


def waiting(**values: Any) -> dict[str, Any]:
    return {"state": JobState.WAITING, "lease_until": None, "finished_at": None, **values}


def pause_after(attempts: int) -> timedelta:
    """One minute, two, four …: and never all jobs at the same moment."""
    pause = min(timedelta(minutes=2 ** (attempts - 1)), LONGEST_PAUSE)
    return pause * random.uniform(0.8, 1.2)  # noqa: S311 -- spreads load, guards no secret


@transaction.atomic
def close(job: Job, state: JobState, **verdict: Any) -> bool:
    return _end(in_hand(job), job, state, **verdict)


def _end(rows: JobQuerySet, job: Job, state: JobState, **verdict: Any) -> bool:
    ended = bool(rows.update(state=state, finished_at=Now(), **verdict))
    if ended:
        kinds()[job.kind].ended(job)
    return ended


def in_hand(job: Job) -> JobQuerySet:
    """Still this taking's job; also if it was meanwhile called unclear, for now there is word of it."""
    return Job.objects.filter(
        pk=job.pk, lease_until=job.lease_until, state__in=[JobState.RUNNING, JobState.UNCLEAR]
    )


@transaction.atomic
def recover(known: Mapping[str, Kind]) -> int:
    """Jobs whose worker died with them in hand.

    What may be repeated waits again, unless it has cost a worker each time. Of the rest nobody knows whether it
    was done, and a machine that guesses would one day invite twice: a person looks, asks, and decides.
    """
    abandoned = Job.objects.abandoned().filter(kind__in=known).select_for_update(skip_locked=True, no_key=True)
    jobs = list(abandoned)
    for job in jobs:
        if not known[job.kind].repeatable:
            unclear(job, str(known[job.kind].left_behind))
        elif job.attempts >= known[job.kind].attempts:
            failed(job, _("処理が途中で止まることが続いたため、取りやめました。"))
        else:
            in_hand(job).update(**waiting())
    return len(jobs)
