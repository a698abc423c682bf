"""The one way to tell somebody something."""

from django.db import connection

from foundation.mail.models import LONGEST_SUBJECT, Email


def enqueue(*, to_address: str, subject: str, body: str, dedupe_key: str, to=None, due_at=None, sensitive=False):
    """Freeze an email in the transaction of its action; the worker sends it.

    The same `dedupe_key` a second time is the same email and changes nothing. Returns the email, or None
    where it existed. Refuses to work outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("outbox.enqueue() belongs into the transaction of the action it tells of")
    values = {
        "to": to,
        "to_address": to_address,
        "subject": one_line(subject),
        "body": body,
        "sensitive": sensitive,
    }
    if due_at is not None:
        values["due_at"] = due_at
    email, created = Email.objects.get_or_create(dedupe_key=dedupe_key, defaults=values)
    return email if created else None


def one_line(subject: str) -> str:
    """A subject is often made from a title somebody typed; the body says the whole of it."""
    line = " ".join(subject.splitlines())
    return line if len(line) <= LONGEST_SUBJECT else f"{line[: LONGEST_SUBJECT - 1]}…"
