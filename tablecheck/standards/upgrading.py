"""From an older edition of a standard to the present one: which column becomes which, and what stands for nothing.

A column is renamed where it stands and none is taken away, so that the numbers of rows and columns stay Excel's.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from tablecheck.standards.field import Field
from tablecheck.standards.matching import match
from tablecheck.standards.shelf import editions_of
from tablecheck.standards.standard import Standard
from tablecheck.table import Column, Table
from tablecheck.vocabulary import Code, Repair

# The address that begins with the prefecture, and the columns of the older edition that tell which it is.
ADDRESS, PREFECTURE, TOWN = "所在地_連結表記", "都道府県名", "市区町村名"
PREFECTURES = re.compile("北海道|東京都|(?:大阪|京都)府|[一-龠]{2,3}県")


class Renamed(NamedTuple):
    """A column and what it will be called; what stands in `joined` comes before its values."""

    column: Column
    title: str
    joined: Column | None = None


class Upgrade(NamedTuple):
    """`leaving` stay in the table and are no part of the present edition; `lacking` it wants, and nothing says."""

    older: Standard
    present: Standard
    renamed: list[Renamed]
    leaving: list[Column]
    lacking: list[Field]
    places: dict[str, Column]

    @property
    def columns(self) -> set[int]:
        """Those whose cells tell or change."""
        involved = [*self.places.values(), *(step.column for step in self.renamed)]
        return {column.index for column in involved}


def upgrade(header: Sequence[str], older: Standard) -> Upgrade | None:
    """What it takes; None where this is the present edition, or the only one."""
    present = editions_of(older)[0]
    if present is older:
        return None
    known = {pair.field.title: pair.column for pair in match(header, older) if pair.field and pair.certain}
    renamed = [step for field in present.fields if (step := _renamed(field, known)) is not None]
    said = {step.title for step in renamed}
    taken = {step.column.index for step in renamed}
    leaving = [column for column in known.values() if column.index not in taken]
    lacking = [field for field in present.fields if field.title not in said and field.must_exist]
    places = {title: known[title] for title in (PREFECTURE, TOWN) if title in known}
    changed = [step for step in renamed if step.column.header != step.title]
    return Upgrade(older, present, changed, leaving, lacking, places)


def _renamed(field: Field, known: dict[str, Column]) -> Renamed | None:
    """The column that says what this field says: one of the same title, or all that it replaces."""
    if field.title in known:
        return Renamed(known[field.title], field.title)
    if not field.replaces or not all(title in known for title in field.replaces):
        return None
    *first, last = field.replaces
    return Renamed(known[last], field.title, known[first[0]] if first else None)


def repairs_to(plan: Upgrade, table: Table) -> list[Repair]:
    """Before → after of each title and each cell."""
    found = [_repair(table.header_row, step.column, step.column.header, step.title) for step in plan.renamed]
    for step in plan.renamed:
        before = table.columns[step.column.index - 1]
        for at, after in enumerate(_values(plan, step, table)):
            if after != before[at]:
                found.append(_repair(table.numbers[at], step.column, before[at], after))
    return found


def _values(plan: Upgrade, step: Renamed, table: Table) -> list[str]:
    cells = list(table.columns[step.column.index - 1])
    if step.joined:
        return [_joined(*pair) for pair in zip(table.columns[step.joined.index - 1], cells, strict=True)]
    if step.title == ADDRESS and len(plan.places) == 2:
        prefectures, towns = (table.columns[column.index - 1] for column in plan.places.values())
        return [_complete(*row) for row in zip(prefectures, towns, cells, strict=True)]
    return cells


def _joined(first: str, last: str) -> str:
    return last if not last or last.startswith(first) else f"{first}{last}"


def _complete(prefecture: str, town: str, address: str) -> str:
    """An address that begins with the town's name gets the prefecture in front; any other stays: who knows."""
    if PREFECTURES.match(address) or not (town and address.startswith(town)):
        return address
    return f"{prefecture}{address}"


def _repair(row: int, column: Column, before: str, after: str) -> Repair:
    return Repair(row, column.index, Code.EDITION.word, before, after, Code.EDITION.repairs_by_default)
