"""The one way to write the audit log."""

from typing import Any

from django.db import connection
from django.db.models import Model

from foundation.audit.actor import Actor
from foundation.audit.models import Event


def record(*, by: Actor, action: str, target: Model, **changes: Any) -> Event:
    """Write that `by` did `action` ("meetings.answer") to `target`.

    `changes` must be JSON or understood by Django's encoder as text. Refuses to work outside a
    transaction: an action and its event live or die together.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("audit.log.record() belongs into the transaction of the action it records")
    return Event.objects.create(
        by=by.user,
        via=by.via,
        action=action,
        target_type=target._meta.label_lower,
        target_id=target.pk,
        target_label=str(target)[:200],
        changes=changes,
    )
