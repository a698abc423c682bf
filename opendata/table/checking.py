"""Between the engine, which knows nothing of rows, and the versions, which know nothing of rules."""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import IO, Any, TypeVar

from django.conf import settings
from django.db.models import Q

import tablecheck
from foundation.apart import Died, work
from foundation.db.copying import copy
from members.models import Municipality
from opendata.models import DatasetVersion, Finding, Repair
from opendata.standards import standard_named
from opendata.states import RepairState
from opendata.table import definition, originals, rows, ways
from opendata.table.ways import Way
from tablecheck import (
    ABOUT_ROWS,
    PERSONAL,
    Boundary,
    Checked,
    Column,
    Detected,
    Progress,
    Reading,
    Unreadable,
    apart,
    repairs_of,
)

# A page answers within seconds; the command line takes what is larger.
CELLS, COLUMNS, SECONDS = 5_000_000, 300, 20
T = TypeVar("T")
FIELDS = ("row", "column", "field", "code", "level", "message", "value", "repair")


# Looking


@contextmanager
def first_look(
    version: DatasetVersion, way: Way, progress: Progress | None = None, *, wait: float = 0
) -> Iterator[Checked | Unreadable]:
    """The kept file, read in a child: what it found, whose rows can be read once, or the sentence why nothing.

    Raises Busy where no place was free in so many seconds.
    """
    with told_apart(version, way, "table", apart.table_told, progress, wait=wait) as found:
        yield found


@contextmanager
def look_at_workbook(version: DatasetVersion, data: bytes, *, wait: float) -> Iterator[Checked | Unreadable]:
    """A workbook that holds this table (taking_home.py): each of its rows is a record, where it stands."""
    numbers = list(version.rows.order_by("row").values_list("row", flat=True))
    way = {"header_row": version.header_row or 0, "kept": numbers}
    with told_apart(version, way, "table", apart.table_told, wait=wait, data=data) as found:
        yield found


@contextmanager
def told_apart(
    version: DatasetVersion,
    way: Way,
    kind: str,
    hear: Callable[[IO[bytes]], T],
    progress: Progress | None = None,
    *,
    wait: float,
    data: bytes | None = None,
) -> Iterator[T | Unreadable]:
    """`data` is another file than the one that is kept."""
    tell = progress or (lambda _done, _total: None)
    with ExitStack() as end:
        try:
            given = end.enter_context(_question(version, way, data))
            answer = end.enter_context(
                work(
                    "tablecheck.apart",
                    kind,
                    given,
                    wait=wait,
                    tell=lambda line: tell(*map(int, line.split())),
                    waiting=lambda: tell(0, 0),
                )
            )
            found: T | Unreadable = hear(answer)
        except Died as death:
            found = apart.died(death.reason)
        except Unreadable as refusal:
            found = refusal
        yield found


def _question(version: DatasetVersion, way: Way, data: bytes | None) -> IO[bytes]:
    town = Municipality.objects.first()
    return apart.question(
        originals.load(str(version.original.name)) if data is None else data,
        name=version.original_name,
        standard=asked_standard(version),
        own=definition.own_columns(version),
        municipality=town.code if town else None,
        boundary=town.boundary if town else None,
        limits={"bytes": settings.MAX_UPLOAD_BYTES, "cells": CELLS, "columns": COLUMNS, "seconds": SECONDS},
        **ways.asked(way),
    )


def asked_standard(version: DatasetVersion) -> str | None:
    """None where nobody has said what the file is: its columns tell."""
    if not version.kind_confirmed:
        return None
    return version.standard if standard_named(version.standard) else ""


def look_again(version: DatasetVersion) -> Checked:
    """Judge the whole table as it stands after repairs and edits."""
    reading = Reading(rows.table_of(version), Detected.from_json(version.detected))
    return tablecheck.check(reading, standard=definition.standard_of(version) or "", **_town())


def look_at_part(version: DatasetVersion, columns: Collection[int], cells: Collection[Sequence[str]]) -> None:
    """Judge again what a changed row can have changed, and keep it: its columns, and the rows equal to it.

    `cells` are what the row held and what it holds now; the file as a whole and the other columns stay as they
    were judged.
    """
    standard = definition.standard_of(version)
    bound = tablecheck.bound_to(columns, rows.header_of(version), standard)
    found, profiles = tablecheck.check_columns(rows.columns_of(version, bound), bound, standard, **_town())
    alike = rows.equal_to(version, cells)
    of_columns = Q(column__in=bound) & ~Q(code__in=ABOUT_ROWS)
    of_columns &= ~Q(row=version.header_row or 0) | Q(code__in=PERSONAL)
    twice = Q(row__in=list(alike.numbers), code=tablecheck.ROW_DUPLICATE)
    version.findings.filter(of_columns | twice).delete()
    _keep_findings(version, [*found, *tablecheck.equal_rows(alike)])
    _propose(version, found, version.repairs.filter(column__in=bound).exclude(row=version.header_row or 0))
    for profile in profiles:
        version.profile[profile["index"] - 1] = profile


def _town() -> dict[str, Any]:
    town = Municipality.objects.get()
    return {"municipality": town.code, "boundary": _boundary(town)}


def _boundary(town: Municipality) -> Boundary | None:
    try:
        return Boundary.from_geojson(town.boundary) if town.boundary else None
    except Unreadable:
        return None


# Keeping what was seen


def detected_in(checked: Checked) -> dict[str, Any]:
    table = checked.table
    return {
        **checked.detected.as_json(),
        "header_row": table.header_row or None,
        "rows": len(table),
        **table.noted(),
    }


def ticks(version: DatasetVersion, columns: Sequence[Column]) -> list[bool | None]:
    """Whether each column was to be published when that was last decided, here or in the version before.

    None where nobody has decided; of two columns that had one name, both must have been ticked. In a list of the
    section's own a column that is taken for another's is ticked like that one.
    """
    decided = ticked_before(version)
    return [decided.get(column.header, decided.get(column.field or "")) for column in columns]


def ticked_before(version: DatasetVersion) -> dict[str, bool]:
    """By title."""
    before = DatasetVersion.objects.filter(dataset=version.dataset_id, number__lt=version.number)
    last = version.columns or getattr(before.first(), "columns", [])
    decided: dict[str, bool] = {}
    for column in last:
        decided[column["header"]] = decided.get(column["header"], True) and column["publish"]
    return decided


def take_over(version: DatasetVersion, checked: Checked, ticked: Sequence[bool | None]) -> None:
    """Keep findings and proposals; put profile and columns into the version, those of the standard ticked.

    What somebody hid in Excel is not published until somebody ticks it.
    """
    version.profile = checked.profile
    hidden = checked.table.hidden_columns
    version.columns = []
    for column, tick in zip(checked.columns, ticked, strict=True):
        kept = column.as_json() | {"field": column.field if checked.standard else None}
        proposed = kept["field"] is not None and column.index not in hidden
        version.columns.append({**kept, "publish": proposed if tick is None else tick})
    version.findings.all().delete()
    _keep_findings(version, checked.findings)
    _propose(version, checked.findings, version.repairs.all())


def _keep_findings(version: DatasetVersion, findings: Sequence[tablecheck.Finding]) -> None:
    kept = ((version.pk, *(getattr(finding, name) for name in FIELDS)) for finding in findings)
    copy(Finding, ("version", *FIELDS), kept)


def _propose(version: DatasetVersion, findings: Sequence[tablecheck.Finding], known_repairs: Any) -> None:
    """Bring these proposals up to date; what a person has undone is not proposed a second time."""
    wanted = {(fix.row, fix.column, fix.code, fix.before, fix.after) for fix in repairs_of(findings)}
    standing = known_repairs.filter(state__in=[RepairState.PROPOSED, RepairState.UNDONE])
    gone, known = [], set()
    for pk, state, *key in standing.values_list("pk", "state", "row", "column", "code", "before", "after"):
        known.add(tuple(key))
        if state == RepairState.PROPOSED and tuple(key) not in wanted:
            gone.append(pk)
    version.repairs.filter(pk__in=gone).delete()
    new = ((version.pk, *key, RepairState.PROPOSED.value) for key in sorted(wanted - known))
    copy(Repair, ("version", "row", "column", "code", "before", "after", "state"), new)
