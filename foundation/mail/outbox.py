"""The one way to tell somebody something."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from foundation.jobs.models import NORMAL, URGENT, Job
from foundation.jobs.queue import cancel as cancel_job, enqueue as enqueue_job
from foundation.jobs.states import JobState
from foundation.mail.addresses import is_usable
from foundation.mail.jobs import NAME
from foundation.mail.models import LONGEST_NAME, LONGEST_SUBJECT, Email


def enqueue(
    *,
    to_address: str,
    subject: str,
    body: str,
    calendar: str = "",
    dedupe_key: str,
    to: Any = None,
    from_name: str = "",
    reply_to: str = "",
    due_at: dt.datetime | None = None,
    sensitive: bool = False,
    unasked: bool = False,
) -> Email | None:
    """Freeze an email in the transaction of its action; the worker sends it.

    The same `dedupe_key` a second time is the same email and changes nothing. Returns the email, or None
    where it existed. What is sensitive is a code that somebody waits for before a screen: it goes first.
    `from_name` stands before the system's address. A `reply_to` to which nobody could write is left out: the
    email itself is worth more. A `calendar` (iCalendar text) goes along as a file. What is `unasked` leaves in one
    message with whatever else is, and is due to the same person.
    """
    job = enqueue_job(kind=NAME, key=dedupe_key, due_at=due_at, priority=URGENT if sensitive else NORMAL)
    if not job.is_new:
        return None
    return Email.objects.create(
        job=job,
        to=to,
        to_address=to_address,
        from_name=one_line(from_name, LONGEST_NAME),
        reply_to=reply_to if is_usable(reply_to) else "",
        subject=one_line(subject, LONGEST_SUBJECT),
        body=body,
        calendar=calendar,
        sensitive=sensitive,
        unasked=unasked,
    )


def stop(emails: Iterable[Email]) -> set[int]:
    """Those of these that no worker has in hand yet will not be sent. Part of a transaction."""
    by_job = {email.job_id: email.pk for email in emails}
    waiting = Job.objects.select_for_update(no_key=True).filter(pk__in=by_job, state=JobState.WAITING)
    return {by_job[job.pk] for job in waiting.order_by("pk") if cancel_job(job)}


def one_line(text: str, longest: int) -> str:
    """A subject is often made from a title somebody typed; the body says the whole of it."""
    line = " ".join(text.splitlines())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def hold_all() -> int:
    """After a restore: what waited when the backup was made may have been sent since. A person decides.

    Part of a transaction. Returns how many are held.
    """
    waiting = Job.objects.filter(kind=NAME, state__in=[JobState.WAITING, JobState.RUNNING])
    return waiting.update(state=JobState.UNCLEAR, finished_at=Now(), lease_until=None, last_error=str(RESTORED))


RESTORED = _("バックアップから復元したため、送信済みかどうか分かりません。")
