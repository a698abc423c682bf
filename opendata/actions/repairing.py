"""Cells change: by a proposed repair, by hand, and back again. A row says of each change before and after."""

from collections.abc import Callable

from django.utils import timezone

from foundation.actions import Actor, Conflict, action, record
from opendata import checking, rows
from opendata.actions._shared import hold_to_change, keep
from opendata.models import DatasetVersion, Repair
from opendata.states import RepairState
from tablecheck import SAFE, Repair as Change, Table, apply

# The kind of a change that a person typed.
BY_HAND = "by-hand"


@action
def accept(*, version: DatasetVersion, by: Actor, code: str = "", repair: int | None = None) -> int:
    """Make the proposed repairs: one, all of a kind, or all that are safe. Returns how many cells changed.

    Repairs of one kind in one row go together: latitude and longitude are swapped as a pair.
    """
    version = hold_to_change(version, by)
    proposed = version.repairs.filter(state=RepairState.PROPOSED)
    if repair is not None:
        open_ones = version.repairs.filter(state__in=[RepairState.PROPOSED, RepairState.UNDONE])
        chosen = open_ones.filter(pk=repair).first()
        made = open_ones.filter(row=chosen.row, code=chosen.code) if chosen else proposed.none()
    else:
        made = proposed.filter(code__in=[code] if code else SAFE)
    return _decide(version, list(made), RepairState.ACCEPTED, by=by)


@action
def undo(*, version: DatasetVersion, by: Actor, code: str = "", repair: int | None = None) -> int:
    """Give the cells back what they held. A cell that was changed again since is left as it is."""
    version = hold_to_change(version, by)
    made = version.repairs.filter(state=RepairState.ACCEPTED)
    chosen = made.filter(pk=repair) if repair is not None else made.filter(code=code)
    return _decide(version, list(chosen.order_by("-decided_at", "-pk")), RepairState.UNDONE, by=by)


@action
def edit_cell(
    *, version: DatasetVersion, row: int, column: int, before: str, value: str, by: Actor
) -> Repair | None:
    """Write a value by hand. `before` is what the page showed: another value by now is a conflict."""
    version = hold_to_change(version, by)
    table = rows.table_of(version)
    now = cells_of(table)(row, column)
    if now == value:
        return None
    if now != before:
        raise Conflict(now, value)
    decided = {"state": RepairState.ACCEPTED, "decided_by": by.user, "decided_at": timezone.now()}
    place = {"row": row, "column": column, "code": BY_HAND}
    change = Repair.objects.create(version=version, **place, before=before, after=value, **decided)
    _make(version, table, [change], back=False)
    record(by=by, action="opendata.edit_cell", target=version, row=row, column=column, before=before, after=value)
    return change


def _decide(version: DatasetVersion, repairs: list[Repair], state: str, *, by: Actor) -> int:
    table = rows.table_of(version)
    back = state == RepairState.UNDONE
    now = cells_of(table)
    meant = [repair for repair in repairs if now(repair.row, repair.column) == _direction(repair, back)[0]]
    if not meant:
        return 0
    keys = [repair.pk for repair in meant]
    version.repairs.filter(pk__in=keys).update(state=state, decided_by=by.user, decided_at=timezone.now())
    _make(version, table, meant, back=back)
    action = "opendata.undo" if back else "opendata.accept"
    kinds = sorted({repair.code for repair in meant})
    record(by=by, action=action, target=version, kinds=kinds, cells=len(meant))
    return len(meant)


def cells_of(table: Table) -> Callable[[int, int], str | None]:
    """Ask for what stands in (row, column); None where there is no such cell."""
    position = {number: index for index, number in enumerate(table.numbers)}

    def value(row: int, column: int) -> str | None:
        if not 1 <= column <= len(table.header):
            return None
        if row == table.header_row:
            return table.header[column - 1]
        return table.columns[column - 1][position[row]] if row in position else None

    return value


def _direction(repair: Repair, back: bool) -> tuple[str, str]:
    return (repair.after, repair.before) if back else (repair.before, repair.after)


def _make(version: DatasetVersion, table: Table, repairs: list[Repair], *, back: bool) -> None:
    """Change the cells, look at the table again, keep what was seen. Ticks stay with their columns."""
    changes = [
        Change(repair.row, repair.column, repair.code, *_direction(repair, back), True) for repair in repairs
    ]
    changed = apply(table, changes)
    touched = {repair.row for repair in repairs} - {table.header_row}
    rows.rewrite(version, {number: cells for number, cells in changed.rows() if number in touched})
    ticked = [column["publish"] for column in version.columns]
    checking.take_over(version, checking.look_again(version, changed), ticked)
    keep(version, "columns", "findings", "profile")
