"""The one way to write the audit trail."""

from django.db import connection
from django.db.models import Model

from foundation.audit.models import Event, Via


def record(*, by, deed: str, target: Model, via: str = Via.LOGIN, **changes) -> Event:
    """Write that `by` (None: the system) did `deed` ("meetings.answer") to `target`.

    `changes` must be JSON or understood by Django's encoder as text. Refuses to work outside a
    transaction: a deed and its row live or die together.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("audit.record() belongs into the transaction of the deed it records")
    return Event.objects.create(
        by=by,
        via=via,
        deed=deed,
        target_type=target._meta.label_lower,
        target_id=target.pk,
        target_label=str(target)[:200],
        changes=changes,
    )
