"""One call from bytes to everything that is known about a file; the upload page and `check_csv` both make it."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from operator import itemgetter
from typing import Any

from tablecheck import findings as say, standards
from tablecheck.limits import Limits, Stopwatch
from tablecheck.profile import profile
from tablecheck.read import read
from tablecheck.relations.places import Boundary
from tablecheck.standards import Match, Standard
from tablecheck.vocabulary import Checked, Column, Detected, Finding, Spot, Table

Found = dict[int, list[Spot]]


def check(
    data: bytes,
    name: str = "",
    *,
    standard: Standard | str | None = None,
    sheet: str | None = None,
    municipality: str | None = None,
    boundary: Boundary | None = None,
    limits: Limits | None = None,
) -> Checked:
    """Read a file and judge it. Without a standard, the one whose columns it has, if that is clear."""
    chosen = standards.load(standard) if isinstance(standard, str) else standard
    with _collector_at_rest():
        table, detected = read(data, name, sheet, limits)
        return check_table(
            table,
            detected,
            chosen or standards.recognise(table.header, name),
            municipality=municipality,
            boundary=boundary,
            limits=limits,
        )


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Thousands of findings arise and none is garbage: looking for cycles among them costs a fifth of the time."""
    was_active = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_active:
            gc.enable()


def check_table(
    table: Table,
    detected: Detected,
    standard: Standard | None,
    *,
    columns: Sequence[Column] | None = None,
    municipality: str | None = None,
    boundary: Boundary | None = None,
    limits: Limits | None = None,
) -> Checked:
    """Judge a table that was read before, for example after repairs. `columns` keeps a pairing made by hand."""
    watch = Stopwatch(limits or Limits())
    matches = _kept(columns, standard) if columns else standards.match(table.header, standard)
    found: Found = {}
    for match in matches:
        found[match.column.index] = list(say.about_column(table, match, municipality))
        watch.check()
    by_kind = {match.field.kind: match.column.index for match in matches if match.field}
    if {"latitude", "longitude"} <= by_kind.keys():
        say.about_places(table, by_kind["latitude"], by_kind["longitude"], found, boundary)
        watch.check()
    cells = [*say.about_rows(table), *_placed(table, matches, found)]
    return Checked(
        table=table,
        detected=detected,
        standard=standard.name if standard else None,
        columns=[match.column for match in matches],
        findings=[
            *say.about_file(table, detected, standard),
            *say.about_columns(table, matches, standard),
            *sorted(cells, key=itemgetter(0, 1)),
        ],
        profile=_profiles(table, matches, found),
    )


def _kept(columns: Sequence[Column], standard: Standard | None) -> list[Match]:
    return [Match(column, standard.field(column.field) if standard else None) for column in columns]


def _placed(table: Table, matches: Sequence[Match], found: Found) -> list[Finding]:
    """Problems become findings once their cell is known."""
    return [
        say.at(table.numbers[position], match.column, match.column.field, value, problem)
        for match in matches
        for position, value, problem in found[match.column.index]
    ]


def _profiles(table: Table, matches: Sequence[Match], found: Found) -> list[dict[str, Any]]:
    profiles = []
    for (column, field, _certain), cells in zip(matches, table.columns, strict=True):
        wrong = {value for _position, value, _problem in found[column.index]}
        profiles.append(profile(column.index, cells, field, wrong))
    return profiles
