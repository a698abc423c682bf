"""The table, its columns, what the file turned out to be, and all that one look at it tells."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from functools import cache
from typing import Any, NamedTuple, Self

from tablecheck.cells import Cells, PlainCells
from tablecheck.vocabulary import BY_WORD, Finding, Level, Problem


@cache
def letter(index: int) -> str:
    """1 → A, 27 → AA: the column's name in Excel."""
    letters = ""
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file, and the field of the standard that it stands for (None: outside the standard)."""

    index: int
    header: str
    field: str | None = None

    @property
    def letter(self) -> str:
        return letter(self.index)

    def as_json(self) -> dict[str, Any]:
        return {"index": self.index, "letter": self.letter, "header": self.header, "field": self.field}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        return cls(kept["index"], kept["header"], kept["field"])


@dataclass(frozen=True, slots=True)
class Detected:
    """What the file turned out to be."""

    format: str
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    sheets: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "sheets": list(self.sheets)}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        known = {key: kept[key] for key in (item.name for item in fields(cls)) if key in kept}
        return cls(**{**known, "sheets": tuple(kept.get("sheets", ()))})


class Ragged(NamedTuple):
    """A record with more or fewer cells than the header; `extra` are those beyond it."""

    row: int
    width: int
    extra: tuple[str, ...] = ()


class LeftOut(NamedTuple):
    """A row below the header that was taken for no record: which, why (the word of a Code), and what it says."""

    row: int
    code: str
    text: str


class Remark(NamedTuple):
    """What reading alone could tell of a cell: a quote, an error of Excel's, a merged cell."""

    row: int
    column: int
    value: str
    code: str
    text: str
    repair: str | None = None

    @classmethod
    def of(cls, row: int, column: int, value: str, problem: Problem) -> Self:
        return cls(row, column, value, problem.code.word, problem.text, problem.repair)

    @property
    def problem(self) -> Problem:
        return Problem(BY_WORD[self.code], self.text, self.repair)


@dataclass(slots=True)
class Table:
    """The records, column by column: most rules ask one thing of a whole column.

    `numbers` are the row numbers that Excel shows; blank rows are left out but keep their number.
    """

    header: list[str]
    columns: Sequence[Cells]
    numbers: Sequence[int]
    header_row: int = 1
    ragged: list[Ragged] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    # The first and the last row of titles, where they take several; (0, 0) where nobody said.
    titles: tuple[int, int] = (0, 0)
    # By Excel's number.
    hidden_columns: list[int] = field(default_factory=list)
    # The first rows of the file from row 1, in short.
    beginning: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.numbers)

    def rows(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """(Excel's row number, cells), row by row."""
        cells = zip(*self.columns, strict=True) if self.columns else ((),) * len(self.numbers)
        return zip(self.numbers, cells, strict=True)

    def noted(self) -> dict[str, Any]:
        """What was noticed as the file was read and cannot be seen in the cells, to be kept beside them."""
        return {
            "ragged": self.ragged,
            "left_out": self.left_out,
            "remarks": self.remarks,
            "titles": self.titles,
            "hidden_columns": self.hidden_columns,
            "beginning": self.beginning,
        }

    def note(self, kept: Mapping[str, Any]) -> Self:
        """Know again what `noted` said."""
        self.ragged = [Ragged(row, width, tuple(extra)) for row, width, extra in kept.get("ragged", ())]
        self.left_out = [LeftOut(*row) for row in kept.get("left_out", ())]
        self.remarks = [Remark(*remark) for remark in kept.get("remarks", ())]
        first, last = kept.get("titles", (0, 0))
        self.titles = (first, last)
        self.hidden_columns = list(kept.get("hidden_columns", ()))
        self.beginning = list(kept.get("beginning", ()))
        return self

    @classmethod
    def from_rows(
        cls, header: Sequence[str], rows: Sequence[tuple[int, Sequence[str]]], header_row: int = 1
    ) -> Self:
        """The table that was kept as rows."""
        columns = [PlainCells(column) for column in zip(*(cells for _, cells in rows), strict=True)]
        return cls(
            list(header), columns or [PlainCells() for _ in header], [number for number, _ in rows], header_row
        )

    @classmethod
    def with_columns(
        cls, header: Sequence[str], columns: Mapping[int, Sequence[str]], numbers: Sequence[int], header_row: int
    ) -> Self:
        """A part of a table: the columns of these indexes (from 1). The others are empty, and not to be judged."""
        cells = [PlainCells(columns.get(index, ())) for index in range(1, len(header) + 1)]
        return cls(list(header), cells, numbers, header_row)


@dataclass(slots=True)
class Checked:
    """All that is known about a file after one look."""

    table: Table
    detected: Detected
    standard: str | None
    columns: list[Column]
    findings: list[Finding]
    profile: list[dict[str, Any]]

    @property
    def has_errors(self) -> bool:
        return any(finding.level == Level.ERROR for finding in self.findings)

    def as_json(self) -> dict[str, Any]:
        """What `check_csv` prints, and what pages keep beside the table."""
        return {
            "format": self.detected.format,
            "encoding": self.detected.encoding,
            "delimiter": self.detected.delimiter,
            "sheet": self.detected.sheet,
            "header_row": self.table.header_row or None,
            "standard": self.standard,
            "rows": len(self.table),
            "columns": [column.as_json() for column in self.columns],
            "findings": [finding.as_json() for finding in self.findings],
            "profile": self.profile,
        }
