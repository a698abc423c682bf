"""The one way to tell somebody something."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, Required, TypedDict, Unpack

from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from foundation.jobs.models import NORMAL, URGENT, Job
from foundation.jobs.queue import Wanted, cancel_all, enqueue_all as enqueue_jobs
from foundation.jobs.states import JobState
from foundation.mail.addresses import is_usable
from foundation.mail.jobs import NAME
from foundation.mail.models import LONGEST_NAME, LONGEST_SUBJECT, Email


class Outgoing(TypedDict, total=False):
    """What is sensitive is a code that somebody waits for before a screen: it goes first.

    `from_name` stands before the system's address. A `reply_to` to which nobody could write is left out: the
    email itself is worth more. A `calendar` (iCalendar text) goes along as a file. What is `unasked` leaves in one
    message with whatever else is, and is due to the same person.
    """

    to_address: Required[str]
    subject: Required[str]
    body: Required[str]
    dedupe_key: Required[str]
    calendar: str
    to: Any
    from_name: str
    reply_to: str
    due_at: dt.datetime | None
    sensitive: bool
    unasked: bool


def enqueue(**draft: Unpack[Outgoing]) -> Email | None:
    """Freeze an email in the transaction of its action; the worker sends it.

    The same `dedupe_key` a second time is the same email and changes nothing. Returns the email, or None
    where it existed.
    """
    (email,) = enqueue_all([draft])
    return email


def enqueue_all(drafts: Sequence[Outgoing]) -> list[Email | None]:
    """To as many people as there are, in two statements; each has a key of its own."""
    jobs = enqueue_jobs(NAME, [_wanted(draft) for draft in drafts])
    emails = [_email(draft, job) if job.is_new else None for draft, job in zip(drafts, jobs, strict=True)]
    Email.objects.bulk_create([email for email in emails if email], batch_size=500)
    return emails


def _wanted(draft: Outgoing) -> Wanted:
    priority = URGENT if draft.get("sensitive") else NORMAL
    return Wanted(draft["dedupe_key"], due_at=draft.get("due_at"), priority=priority)


def _email(draft: Outgoing, job: Job) -> Email:
    reply_to = draft.get("reply_to", "")
    return Email(
        job=job,
        to=draft.get("to"),
        to_address=draft["to_address"],
        from_name=one_line(draft.get("from_name", ""), LONGEST_NAME),
        reply_to=reply_to if is_usable(reply_to) else "",
        subject=one_line(draft["subject"], LONGEST_SUBJECT),
        body=draft["body"],
        calendar=draft.get("calendar", ""),
        sensitive=draft.get("sensitive", False),
        unasked=draft.get("unasked", False),
    )


def stop(emails: Iterable[Email]) -> set[int]:
    """Those of these that no worker has in hand yet will not be sent. Part of a transaction."""
    by_job = {email.job_id: email.pk for email in emails}
    return {by_job[job.pk] for job in cancel_all(Job.objects.filter(pk__in=by_job))}


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
