"""A part of a table judged again after a cell was changed: the same findings as a look at the whole would give."""

from collections.abc import Collection
from operator import itemgetter
from typing import Any

from tablecheck.check import about_headers, look, placed, profiles, with_guesses
from tablecheck.findings import duplicates_among
from tablecheck.limits import Limits, Stopwatch
from tablecheck.relations import RELATIONS
from tablecheck.relations.boundary import Boundary
from tablecheck.standards import Match, Standard, by_title, match
from tablecheck.table import Table
from tablecheck.vocabulary import Finding


def bound_to(columns: Collection[int], header: list[str], standard: Standard | None) -> frozenset[int]:
    """These columns (by index, from 1) and those which a relation binds to one of them."""
    bound = set(columns)
    matches = match(header, standard)
    for relation in RELATIONS:
        together = {each.column.index for each in matches if relation.binds(_kind(each), _title(each))}
        if together & bound:
            bound |= together
    return frozenset(bound)


def _kind(match: Match) -> str | None:
    return match.field.kind if match.field else by_title(match.column.header)


def _title(match: Match) -> str:
    return match.field.title if match.field else match.column.header


def check_columns(
    table: Table,
    columns: Collection[int],
    standard: Standard | None,
    *,
    municipality: str | None = None,
    boundary: Boundary | None = None,
) -> tuple[list[Finding], list[dict[str, Any]]]:
    """Findings and profiles of these columns alone. The table need hold no others; what is said of its titles and
    of whole rows is not said again.
    """
    matches = [each for each in match(table.header, standard) if each.column.index in columns]
    matches = with_guesses(matches, table)
    sight = look(table, matches, municipality, boundary, Stopwatch(Limits()))
    return [*about_headers(sight), *sorted(placed(sight), key=itemgetter(0, 1))], profiles(sight)


def equal_rows(table: Table) -> list[Finding]:
    """Of these rows those that stand there twice."""
    return list(duplicates_among(table))
