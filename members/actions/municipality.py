"""The town hall itself: its name and defaults, and the days on which it is closed."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from foundation.actions import Actor, action, demand, hold, record, refuse_stale, write
from members.models import ClosedDay, Municipality
from members.models.municipality import UNREGISTERED
from members.policy import ADMINISTRATORS_ONLY, can_administrate


@action
def edit_municipality(
    *,
    by: Actor,
    seen: int,
    boundary: dict[str, Any] | None = None,
    remove_boundary: bool = False,
    **fields: Any,
) -> Municipality:
    """Of the boundary the audit log says only that there is a new one, or none any more: it may be a megabyte.

    What was found in a table by the old one stays until that table is judged again.
    """
    demand(can_administrate(by.user), ADMINISTRATORS_ONLY)
    town = Municipality.objects.select_for_update(no_key=True).first() or Municipality(version=UNREGISTERED)
    refuse_stale(town, seen)
    if boundary is not None or remove_boundary:
        fields["boundary"] = boundary
    changes = write(town, **fields)
    changes.pop("boundary", None)
    outline = {"new_boundary": boundary is not None, "removed_boundary": remove_boundary and boundary is None}
    record(by=by, action="members.edit_municipality", target=town, **outline, **changes)
    return town


@action
def add_closed_days(*, by: Actor, days: Iterable[date], label: str) -> list[ClosedDay]:
    """Closed beside weekends and holidays. A day that is entered already stays as it is."""
    demand(can_administrate(by.user), ADMINISTRATORS_ONLY)
    known = set(ClosedDay.objects.values_list("day", flat=True))
    added = [ClosedDay(day=day, label=label) for day in sorted(set(days) - known)]
    for closed in added:
        write(closed)
        record(by=by, action="members.add_closed_days", target=closed, label=label)
    return added


@action
def remove_closed_day(*, closed_day: ClosedDay, by: Actor) -> None:
    """What was proposed or put into the outbox by it stays as it is."""
    demand(can_administrate(by.user), ADMINISTRATORS_ONLY)
    closed_day = hold(ClosedDay.objects.all(), closed_day.pk)
    record(by=by, action="members.remove_closed_day", target=closed_day, label=closed_day.label)
    closed_day.delete()
