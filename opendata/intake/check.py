"""One call from bytes to everything that is known about a file; the upload page and `check_csv` both make it."""

from collections import Counter
from collections.abc import Sequence
from operator import attrgetter

from opendata.intake import findings as say, standards
from opendata.intake.limits import Limits, Stopwatch
from opendata.intake.places import Boundary
from opendata.intake.profile import profile
from opendata.intake.read import read
from opendata.intake.standards import Match, Standard
from opendata.intake.words import Checked, Column, Detected, Finding, Problem, Table

Found = dict[int, list[tuple[int, Problem]]]


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
    table, detected = read(data, name, sheet, limits)
    chosen = standards.load(standard) if isinstance(standard, str) else standard
    return check_table(
        table,
        detected,
        chosen or standards.recognise(table.header, name),
        municipality=municipality,
        boundary=boundary,
        limits=limits,
    )


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
    counts = [Counter(cells) for cells in table.columns]
    found: Found = {}
    for match, count in zip(matches, counts, strict=True):
        found[match.column.index] = list(say.about_column(table, match, count, municipality))
        watch.check()
    by_kind = {match.field.kind: match.column.index for match in matches if match.field}
    if {"latitude", "longitude"} <= by_kind.keys():
        say.about_places(table, by_kind["latitude"], by_kind["longitude"], found, boundary)
        watch.check()
    cells = [*say.about_rows(table, counts), *_placed(table, matches, found)]
    return Checked(
        table=table,
        detected=detected,
        standard=standard.name if standard else None,
        columns=[match.column for match in matches],
        findings=[
            *say.about_file(table, detected, standard),
            *say.about_columns(table, matches, standard),
            *sorted(cells, key=attrgetter("row", "column")),
        ],
        profile=[profile(m.column.index, count, m.field) for m, count in zip(matches, counts, strict=True)],
    )


def _kept(columns: Sequence[Column], standard: Standard | None) -> list[Match]:
    return [Match(column, standard.field(column.field) if standard else None) for column in columns]


def _placed(table: Table, matches: Sequence[Match], found: Found) -> list[Finding]:
    """Problems become findings once their cell is known."""
    numbers = table.numbers
    return [
        say.at(numbers[position], column, column.field, table.columns[column.index - 1][position], problem)
        for column in (match.column for match in matches)
        for position, problem in found[column.index]
    ]
