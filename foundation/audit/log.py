"""The one way to write the audit log: an action that was done, or what was refused."""

import hashlib
import logging
from collections.abc import Sequence
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.db.models import Model
from django.utils.translation import gettext

from foundation.audit.actor import Actor
from foundation.audit.models import Event
from foundation.db import clock

logger = logging.getLogger(__name__)


def record(*, by: Actor, action: str, target: Model, **changes: Any) -> Event:
    """Write that `by` did `action` ("meetings.answer") to `target`.

    `changes` must be JSON or understood by Django's encoder as text. Refuses to work outside a
    transaction: an action and its event live or die together.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("audit.log.record() belongs into the transaction of the action it records")
    event = _event(by, action, target, changes)
    event.save(force_insert=True)
    return event


def record_all(*, by: Actor, action: str, told: Sequence[tuple[Model, dict[str, Any]]]) -> None:
    """The same of many targets at once, each with its own changes: a row in the trail of each."""
    if not connection.in_atomic_block:
        raise RuntimeError("audit.log.record_all() belongs into the transaction of the action it records")
    events = [_event(by, action, target, changes) for target, changes in told]
    Event.objects.bulk_create(events, batch_size=1000)


def _event(by: Actor, action: str, target: Model, changes: dict[str, Any]) -> Event:
    return Event(
        by=by.user,
        via=by.via,
        action=action,
        target_type=target._meta.label_lower,
        target_id=target.pk,
        target_label=str(target)[:200],
        changes=changes,
    )


def note_refusal(
    *, by: Actor, action: str, label: str, source: str = "", target: Model | None = None, once: str = ""
) -> None:
    """Write that `by`, or whoever came from `source`, was refused something: once per who, what and minute.

    `once` is the what, where it is less than the label.

    It changes no row and belongs to no action's transaction: what is refused stays refused, also where it cannot
    be written down.
    """
    label = label[:200]
    who = by.user.pk if by.user else source
    minute = clock.now().strftime("%Y-%m-%d %H:%M")
    what = "\0".join(map(str, [who, action, once or label, target.pk if target else "", minute]))
    event = Event(
        by=by.user,
        via=by.via,
        action=action,
        target_type=target._meta.label_lower if target else "",
        target_id=target.pk if target else None,
        target_label=label,
        changes={gettext("接続元"): source} if source else {},
        refusal=hashlib.sha256(what.encode()).hexdigest(),
    )
    try:
        with transaction.atomic():
            Event.objects.bulk_create([event], ignore_conflicts=True)
    except DatabaseError as error:
        logger.warning("%s %s is not in the audit log: %s", action, label, error)
