"""The table of a test, and what may be said of the site by it.

A table is made of today's rows (`table_of`), frozen when it is published (`to_json`) and read again from what was
frozen (`from_json`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from foundation.calendar import wareki
from statements import automatic
from statements.criteria import CRITERIA, Criterion
from statements.models import AccessibilityTest, PublishedStatement
from statements.states import BY_HAND, PAGE_NAMES, Degree, Judgement, PageType, Statement

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class ResultCell:
    page: PageType
    judgement: Judgement
    remark: str = ""
    # Where a machine found that the criterion is not met: the rules that were broken.
    broken: tuple[str, ...] = ()

    @property
    def page_name(self) -> "StrOrPromise":
        return PAGE_NAMES[self.page]


@dataclass(frozen=True)
class ResultRow:
    criterion: Criterion
    cells: tuple[ResultCell, ...]

    @property
    def is_tested(self) -> bool:
        return all(cell.judgement in BY_HAND for cell in self.cells)


@dataclass(frozen=True)
class ResultTable:
    fiscal_year: int
    tested_on: date
    tester: str
    method: str
    scope: str
    # Which machine looked, and when; empty where none did.
    tool: str
    tool_on: date | None
    rows: tuple[ResultRow, ...]

    @property
    def year(self) -> str:
        return wareki.fiscal_year(date(self.fiscal_year, 4, 1))

    @property
    def is_complete(self) -> bool:
        return all(row.is_tested for row in self.rows)

    @property
    def tested(self) -> int:
        return sum(row.is_tested for row in self.rows)

    @property
    def remarked(self) -> list[tuple[Criterion, ResultCell]]:
        return [(row.criterion, cell) for row in self.rows for cell in row.cells if cell.remark or cell.broken]

    @property
    def degree(self) -> Degree:
        """Without a whole test nobody may speak of conformity (対応度表記ガイドライン)."""
        if not self.is_complete:
            return Degree.CONSIDERS
        failed = any(cell.judgement == Judgement.FAIL for row in self.rows for cell in row.cells)
        return Degree.PARTLY if failed else Degree.CONFORMS


def degree_of_site() -> Degree:
    """By the results that stand in public: what nobody can read is no proof."""
    table = published()
    return table.degree if table else Degree.CONSIDERS


def published() -> ResultTable | None:
    last = PublishedStatement.objects.standing().of(Statement.RESULTS).first()
    return from_json(last.results) if last and last.results else None


def judgement(by_hand: str, broken: list[str] | None) -> Judgement:
    """A person's word counts. Without one a broken rule is a failure, and a kept one is not yet looked at."""
    if by_hand:
        return Judgement(by_hand)
    if broken is None:
        return Judgement.UNTESTED
    return Judgement.FAIL if broken else Judgement.CLEAN


def table_of(test: AccessibilityTest) -> ResultTable:
    machine = automatic.from_json(test.automatic) if test.automatic else None
    return ResultTable(
        fiscal_year=test.fiscal_year,
        tested_on=test.tested_on,
        tester=test.tester,
        method=test.method,
        scope=test.scope,
        tool=machine.tool if machine else "",
        tool_on=machine.made_on if machine else None,
        rows=tuple(_rows(test, machine.found if machine else {})),
    )


def _rows(test: AccessibilityTest, found: dict[str, dict[str, list[str]]]) -> Iterator[ResultRow]:
    by_hand = {one.criterion: (one.judgements, one.remarks) for one in test.criteria.all()}
    for number, criterion in CRITERIA.items():
        judged, remarks = by_hand.get(number, ({}, {}))
        cells = []
        for page in PageType:
            broken = found.get(page, {}).get(number)
            told = judgement(judged.get(page, ""), broken)
            cells.append(ResultCell(page, told, remarks.get(page, ""), tuple(broken or ())))
        yield ResultRow(criterion, tuple(cells))


# Frozen


def to_json(table: ResultTable) -> dict[str, Any]:
    return {
        "fiscal_year": table.fiscal_year,
        "tested_on": table.tested_on.isoformat(),
        "tester": table.tester,
        "method": table.method,
        "scope": table.scope,
        "tool": table.tool,
        "tool_on": table.tool_on.isoformat() if table.tool_on else "",
        "rows": {row.criterion.number: {cell.page: _cell(cell) for cell in row.cells} for row in table.rows},
    }


def _cell(cell: ResultCell) -> dict[str, Any]:
    return {"judgement": cell.judgement, "remark": cell.remark, "broken": list(cell.broken)}


def from_json(said: dict[str, Any]) -> ResultTable:
    """Of a sort of page that there was not then, nothing is said; a criterion is called as it is today."""
    return ResultTable(
        fiscal_year=said["fiscal_year"],
        tested_on=date.fromisoformat(said["tested_on"]),
        tester=said["tester"],
        method=said["method"],
        scope=said["scope"],
        tool=said["tool"],
        tool_on=date.fromisoformat(said["tool_on"]) if said["tool_on"] else None,
        rows=tuple(
            ResultRow(CRITERIA[number], tuple(_cell_of(page, cells[page]) for page in PageType if page in cells))
            for number, cells in said["rows"].items()
        ),
    )


def _cell_of(page: PageType, said: dict[str, Any]) -> ResultCell:
    return ResultCell(page, Judgement(said["judgement"]), said["remark"], tuple(said["broken"]))
