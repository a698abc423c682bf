"""One call from bytes to all that is known about a file: the upload page, the command and the bench make it."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from operator import itemgetter
from typing import Any

from tablecheck import findings as say
from tablecheck.limits import Limits, Stopwatch
from tablecheck.profile import profile
from tablecheck.read import Reading, read
from tablecheck.relations import RELATIONS, Sight
from tablecheck.relations.boundary import Boundary
from tablecheck.sentences import at
from tablecheck.standards import Match, Standard, choose, match
from tablecheck.table import Checked, Table
from tablecheck.vocabulary import Finding, Spot

Found = dict[int, list[Spot]]


def check(
    source: bytes | Reading,
    name: str = "",
    *,
    standard: Standard | str | None = None,
    sheet: str | None = None,
    municipality: str | None = None,
    boundary: Boundary | None = None,
    limits: Limits | None = None,
) -> Checked:
    """Judge a file, or a table that was read before, for example after repairs.

    `standard` is the name of a kind of data, whose edition the columns tell; "" for a table of the town's own;
    None to recognise the kind by the columns; or a Standard to be taken as it is.
    """
    with _collector_at_rest():
        reading = read(source, sheet, limits) if isinstance(source, bytes) else source
        chosen = choose(standard, reading.table.header, name)
        return _judge(reading, chosen, municipality, boundary, Stopwatch(limits or Limits()))


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


def _judge(
    reading: Reading,
    standard: Standard | None,
    municipality: str | None,
    boundary: Boundary | None,
    watch: Stopwatch,
) -> Checked:
    table, detected = reading
    matches = match(table.header, standard)
    sight = Sight(table, matches, _column_by_column(table, matches, municipality, watch), boundary)
    for relation in RELATIONS:
        relation(sight)
        watch.check()
    return Checked(
        table=table,
        detected=detected,
        standard=standard.name if standard else None,
        columns=[match.column for match in matches],
        findings=[
            *say.about_file(table, detected, standard),
            *say.about_columns(table, matches, standard),
            *_about_headers(sight),
            *sorted([*say.about_rows(table), *_placed(table, matches, sight.found)], key=itemgetter(0, 1)),
        ],
        profile=_profiles(table, matches, sight.found),
    )


def _column_by_column(table: Table, matches: Sequence[Match], municipality: str | None, watch: Stopwatch) -> Found:
    found: Found = {}
    for pair in matches:
        found[pair.column.index] = list(say.about_column(table, pair, municipality))
        watch.check()
    return found


def _about_headers(sight: Sight) -> list[Finding]:
    row = sight.table.header_row
    return [
        at(row, match.column, match.column.field, match.column.header, problem) for match, problem in sight.headers
    ]


def _placed(table: Table, matches: Sequence[Match], found: Found) -> list[Finding]:
    """Problems become findings once their cell is known."""
    return [
        at(table.numbers[position], match.column, match.column.field, value, problem)
        for match in matches
        for position, value, problem in found[match.column.index]
    ]


def _profiles(table: Table, matches: Sequence[Match], found: Found) -> list[dict[str, Any]]:
    profiles = []
    for (column, field, _certain), cells in zip(matches, table.columns, strict=True):
        wrong = {value for _position, value, _problem in found[column.index]}
        profiles.append(profile(column.index, cells, field, wrong))
    return profiles
