"""The one way to tell somebody something."""

import datetime as dt
from typing import Any

from foundation.jobs.models import NORMAL, URGENT
from foundation.jobs.queue import enqueue as enqueue_job
from foundation.mail.jobs import NAME
from foundation.mail.models import LONGEST_SUBJECT, Email


def enqueue(
    *,
    to_address: str,
    subject: str,
    body: str,
    dedupe_key: str,
    to: Any = None,
    due_at: dt.datetime | None = None,
    sensitive: bool = False,
) -> Email | None:
    """Freeze an email in the transaction of its action; the worker sends it.

    The same `dedupe_key` a second time is the same email and changes nothing. Returns the email, or None
    where it existed. What is sensitive is a code that somebody waits for before a screen: it goes first.
    """
    job = enqueue_job(kind=NAME, key=dedupe_key, due_at=due_at, priority=URGENT if sensitive else NORMAL)
    if not job.is_new:
        return None
    return Email.objects.create(
        job=job, to=to, to_address=to_address, subject=one_line(subject), body=body, sensitive=sensitive
    )


def one_line(subject: str) -> str:
    """A subject is often made from a title somebody typed; the body says the whole of it."""
    line = " ".join(subject.splitlines())
    return line if len(line) <= LONGEST_SUBJECT else f"{line[: LONGEST_SUBJECT - 1]}…"
