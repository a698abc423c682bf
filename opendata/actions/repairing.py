"""Cells change: by a proposed repair, by hand, and back again. A row says of each change before and after."""

from collections.abc import Iterable

from django.db.models import QuerySet

from foundation.actions import Actor, Conflict, action, record, refuse_stale
from foundation.db import clock
from opendata.actions._shared import hold_to_change, keep
from opendata.models import DatasetVersion, Repair
from opendata.standards import editions, standard_named
from opendata.states import RepairState
from opendata.table import checking, rows
from tablecheck import EDITION, SAFE, SWAPPED

# The kind of a change that a person typed.
BY_HAND = "by-hand"
# Excel's row number → what its cells hold; the header is one of the rows.
Cells = dict[int, list[str]]


@action
def accept_repairs(
    *,
    version: DatasetVersion,
    by: Actor,
    seen: int,
    code: str = "",
    repair: int | None = None,
    alike: bool = False,
) -> int:
    """Make the proposed repairs: one, one and all that are alike in its column, all of a kind, or all that are
    safe. Returns how many cells changed.

    Latitude and longitude are swapped as a pair. A single repair says itself what its cell must hold; several are
    those that the page showed.
    """
    version = hold_to_change(version, by)
    if repair is not None:
        if alike:
            refuse_stale(version, seen)
        made = _chosen(version, repair, alike=alike)
    else:
        refuse_stale(version, seen)
        kinds = [code] if code else SAFE
        made = version.repairs.filter(state=RepairState.PROPOSED, code__in=kinds)
    return _decide(version, list(made), RepairState.ACCEPTED, by=by)


@action
def undo_repairs(
    *, version: DatasetVersion, by: Actor, seen: int, code: str = "", repair: int | None = None
) -> int:
    """Give the cells back what they held. A cell that was changed again since is left as it is."""
    version = hold_to_change(version, by)
    made = version.repairs.filter(state=RepairState.ACCEPTED)
    if repair is None:
        refuse_stale(version, seen)
        made = made.filter(code=code)
        if code == EDITION:
            _back_to_the_older_edition(version)
    else:
        made = made.filter(pk=repair)
    return _decide(version, list(made.order_by("-decided_at", "-pk")), RepairState.UNDONE, by=by)


@action
def edit_cell(
    *, version: DatasetVersion, row: int, column: int, before: str, value: str, by: Actor
) -> Repair | None:
    """Write a value by hand. `before` is what the page showed: another value by now is a conflict."""
    version = hold_to_change(version, by)
    standing = rows.standing(version, {row})
    now = value_in(standing, row, column)
    if now == value:
        return None
    if now != before:
        raise Conflict(now, value)
    decided = {"state": RepairState.ACCEPTED, "decided_by": by.user, "decided_at": clock.now()}
    place = {"row": row, "column": column, "code": BY_HAND}
    change = Repair.objects.create(version=version, **place, before=before, after=value, **decided)
    make(version, standing, [change], back=False)
    record(by=by, action="opendata.edit_cell", target=version, row=row, column=column, before=before, after=value)
    return change


@action
def edit_alike(*, version: DatasetVersion, code: str, column: int, before: str, value: str, by: Actor) -> int:
    """Write a value by hand into every cell of a column that holds `before`, and of which this was found.

    Returns how many there were; none where all hold something else by now.
    """
    version = hold_to_change(version, by)
    found = version.findings.filter(code=code, column=column, value=before, row__gt=version.header_row or 0)
    standing = rows.standing(version, {row for row in found.values_list("row", flat=True) if row})
    alike = [row for row in sorted(standing) if value_in(standing, row, column) == before]
    if not alike or before == value:
        return 0
    decided = {"state": RepairState.ACCEPTED, "decided_by": by.user, "decided_at": clock.now()}
    place = {"version": version, "column": column, "code": BY_HAND, "before": before, "after": value}
    changes = Repair.objects.bulk_create([Repair(**place, row=row, **decided) for row in alike])
    make(version, standing, changes, back=False)
    said = {"column": column, "before": before, "after": value, "cells": len(alike)}
    record(by=by, action="opendata.edit_alike", target=version, **said)
    return len(alike)


def make_again(version: DatasetVersion, ticked: dict[str, bool]) -> tuple[int, int]:
    """After the file was read again: (how many of the repairs made hold again, how many are gone).

    One holds where its cell, after those before it, says what it said when somebody decided. Those of a row that
    somebody dropped wait until it is taken back. A title that is repaired again is ticked as it was (`ticked`).
    """
    kept = version.repairs.exclude(row__in=version.way.get("dropped", []))
    decided = list(kept.filter(state=RepairState.ACCEPTED).order_by("decided_at", "pk"))
    standing = rows.standing(version, {repair.row for repair in decided})
    cells = {number: list(held) for number, held in standing.items()}
    meant = []
    for repair in decided:
        if value_in(cells, repair.row, repair.column) == repair.before:
            cells[repair.row][repair.column - 1] = repair.after
            meant.append(repair)
    lost = {repair.pk for repair in decided} - {repair.pk for repair in meant}
    version.repairs.filter(pk__in=lost).delete()
    if any(repair.code == EDITION for repair in meant):
        version.standard = editions(version.standard)[0].name
    if meant:
        for title, column in zip(cells.get(version.header_row or 0, []), version.columns, strict=False):
            column["publish"] = ticked.get(title, column["publish"])
        make(version, standing, meant, back=False)
    return len(meant), len(lost)


def value_in(standing: Cells, row: int, column: int) -> str | None:
    """What stands in a cell; None where there is no such cell."""
    cells = standing.get(row, [])
    return cells[column - 1] if 1 <= column <= len(cells) else None


def _decide(version: DatasetVersion, repairs: list[Repair], state: str, *, by: Actor) -> int:
    back = state == RepairState.UNDONE
    standing = rows.standing(version, {repair.row for repair in repairs})
    meant = [
        repair
        for repair in repairs
        if value_in(standing, repair.row, repair.column) == _direction(repair, back)[0]
    ]
    if not meant:
        return 0
    keys = [repair.pk for repair in meant]
    version.repairs.filter(pk__in=keys).update(state=state, decided_by=by.user, decided_at=clock.now())
    make(version, standing, meant, back=back)
    action = "opendata.undo_repairs" if back else "opendata.accept_repairs"
    kinds = sorted({repair.code for repair in meant})
    record(by=by, action=action, target=version, kinds=kinds, cells=len(meant))
    return len(meant)


def _chosen(version: DatasetVersion, repair: int, *, alike: bool) -> QuerySet[Repair]:
    """It alone, or with it all by which cells of its column that hold the same are to hold the same."""
    open_ones = version.repairs.filter(state__in=[RepairState.PROPOSED, RepairState.UNDONE])
    made = open_ones.filter(pk=repair)
    first = made.first()
    if first and alike:
        same = {"code": first.code, "column": first.column, "before": first.before, "after": first.after}
        made = version.repairs.filter(state=RepairState.PROPOSED, **same)
    if first and first.code == SWAPPED:
        made = open_ones.filter(code=first.code, row__in=made.values("row"))
    return made


def _back_to_the_older_edition(version: DatasetVersion) -> None:
    """Its columns are part of the standard again, and ticked unless they are the section's own."""
    standard = standard_named(version.standard)
    version.standard = (standard.supersedes if standard else None) or version.standard
    for column in version.columns:
        column["publish"] = column["publish"] or None


def _direction(repair: Repair, back: bool) -> tuple[str, str]:
    return (repair.after, repair.before) if back else (repair.before, repair.after)


def make(version: DatasetVersion, standing: Cells, repairs: list[Repair], *, back: bool) -> None:
    """Change the cells, and judge again what that can have changed. Ticks stay with their columns."""
    changed = {number: list(cells) for number, cells in standing.items()}
    for repair in repairs:
        changed[repair.row][repair.column - 1] = _direction(repair, back)[1]
    header = changed.pop(version.header_row or 0, None)
    touched = {repair.row for repair in repairs} & changed.keys()
    rows.rewrite(version, {number: changed[number] for number in touched})
    if header is None and len(touched) == 1:
        (row,) = touched
        columns = {repair.column for repair in repairs}
        checking.look_at_part(version, columns, [standing[row], changed[row]])
    else:
        look_at_all(version, header or rows.header_of(version))
    keep(version, "columns", "profile", "standard")


def look_at_all(version: DatasetVersion, header: Iterable[str]) -> None:
    for column, title in zip(version.columns, header, strict=True):
        column["header"] = title
    ticked = [column["publish"] for column in version.columns]
    checking.take_over(version, checking.look_again(version), ticked)
