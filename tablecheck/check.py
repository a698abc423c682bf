"""One call from bytes to all that is known about a file: the upload page, the command and the bench make it."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from operator import itemgetter
from typing import Any

from tablecheck import findings as say
from tablecheck.limits import Limits, Progress, Stopwatch
from tablecheck.profile import profile
from tablecheck.read import BY_ITSELF, Reading, Way, read
from tablecheck.relations import RELATIONS, Sight
from tablecheck.relations.boundary import Boundary
from tablecheck.relations.personal import personal_data
from tablecheck.sentences import at, of_column
from tablecheck.standards import Match, Standard, alike, choose, guess, match
from tablecheck.table import Checked, Table
from tablecheck.vocabulary import Finding, Level, Spot

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
    progress: Progress | None = None,
    way: Way = BY_ITSELF,
) -> Checked:
    """Judge a file, or a table that was read before, for example after repairs.

    `standard` is the name of a kind of data, whose edition the columns tell; "" for a table of the town's own;
    None to recognise the kind by the columns; or a Standard to be taken as it is. `progress` is told how many of
    how many columns are judged.
    """
    with _collector_at_rest():
        reading = read(source, sheet, limits, way) if isinstance(source, bytes) else source
        header = reading.table.header
        chosen = choose(standard, header, name)
        fitting = alike(header, name) if chosen is None else [chosen]
        watch = Stopwatch(limits or Limits(), progress)
        return _judge(reading, chosen, fitting, municipality=municipality, boundary=boundary, watch=watch)


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
    fitting: Sequence[Standard],
    *,
    municipality: str | None,
    boundary: Boundary | None,
    watch: Stopwatch,
) -> Checked:
    table, detected = reading
    matches = with_guesses(match(table.header, standard), table)
    sight = look(table, matches, municipality, boundary, watch)
    return Checked(
        table=table,
        detected=detected,
        standard=standard.name if standard else None,
        columns=[match.column for match in matches],
        findings=[
            *say.about_file(table, detected, standard),
            *say.about_kind(standard, fitting),
            *say.about_guesses(matches),
            *say.about_columns(table, matches, standard),
            *about_headers(sight),
            *say.about_left_out(table),
            *sorted([*say.about_rows(table), *placed(sight)], key=itemgetter(0, 1)),
        ],
        profile=profiles(sight),
    )


def with_guesses(matches: Sequence[Match], table: Table) -> list[Match]:
    """A column outside of any standard is judged by what it probably holds; not so in a list of people."""
    if any(each.field and each.field.kind == "person_name" for each in matches):
        return list(matches)
    return [
        each._replace(guess=guess(each.column.header, table.columns[each.column.index - 1], each.field))
        for each in matches
    ]


def look(
    table: Table,
    matches: Sequence[Match],
    municipality: str | None,
    boundary: Boundary | None,
    watch: Stopwatch,
) -> Sight:
    """Each of these columns alone, then what they tell together."""
    found: Found = {}
    sight = Sight(table, matches, found, boundary)
    may_tell_of_persons = not sight.is_of_people
    for number, pair in enumerate(matches, 1):
        cells = sight.cells(pair.column)
        found[pair.column.index] = list(say.about_column(table, pair, municipality))
        if may_tell_of_persons:
            sight.headers.extend((pair, problem) for problem in personal_data(pair, cells))
        cells.let_go()
        watch.check(number, len(matches))
    if table.remarks:
        _remarked(table, found)
    for relation in RELATIONS:
        relation.judge(sight)
        watch.check()
    return sight


def _remarked(table: Table, found: Found) -> None:
    """What reading told of a cell stays true as long as the cell holds what was read."""
    position = {number: at for at, number in enumerate(table.numbers)}
    for remark in table.remarks:
        at, column = position.get(remark.row), remark.column
        if at is not None and column in found and table.columns[column - 1][at] == remark.value:
            found[column].append(Spot(at, remark.value, remark.problem))


def about_headers(sight: Sight) -> list[Finding]:
    row = sight.table.header_row
    return [
        at(row, match.column, match.column.field, match.column.header, problem) for match, problem in sight.headers
    ]


def placed(sight: Sight) -> list[Finding]:
    """Problems become findings once their cell is known."""
    numbers = sight.table.numbers
    return [
        finding
        for match in sight.matches
        for finding in of_column(
            match.column, numbers, (_guessed if match.guess else iter)(sight.found[match.column.index])
        )
    ]


def _guessed(spots: Sequence[Spot]) -> Iterator[Spot]:
    """What is wrong by a guess is a warning; what is wrong in any column is as grave as there."""
    for spot in spots:
        code = spot.problem.code
        if code in say.ASKED_BY_STANDARDS:
            continue
        if code.level is Level.ERROR and code not in say.WRONG_ANYWHERE:
            yield spot._replace(problem=spot.problem._replace(level=Level.WARNING))
        else:
            yield spot


def profiles(sight: Sight) -> list[dict[str, Any]]:
    made = []
    for column, field, _certain, _guess in sight.matches:
        wrong = {value for _position, value, _problem in sight.found[column.index]}
        made.append(profile(column.index, sight.cells(column), field, wrong))
    return made
