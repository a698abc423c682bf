"""Bytes → table. The only way out besides a table is Unreadable."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import compress, count, islice
from typing import Any

from opendata.intake.limits import Limits, Stopwatch
from opendata.intake.sniff import sniff
from opendata.intake.standards import known_titles, plain
from opendata.intake.text import decode, delimiter_of, records, refuse_nul
from opendata.intake.words import Detected, Ragged, Table, Unreadable
from opendata.intake.workbook import sheet_records

# Titles and notes stand above a header; deeper than this nobody writes them.
DEEPEST_HEADER = 10
BLOCK = 2048
FIGURES = re.compile(r"[-+0-9０-９.,:/年月日 ]+")


def read(
    data: bytes, name: str = "", sheet: str | None = None, limits: Limits | None = None
) -> tuple[Table, Detected]:
    """The table in a file, and what the file turned out to be."""
    limits = limits or Limits()
    limits.hold_bytes(len(data))
    kind = sniff(data)
    watch = Stopwatch(limits)
    if kind != "text":
        rows, chosen, sheets = sheet_records(data, kind, sheet, limits)
        return table_of(iter(rows), limits, watch), Detected(kind, sheet=chosen, sheets=tuple(sheets))
    text, encoding = decode(data)
    refuse_nul(text)
    delimiter = delimiter_of(text)
    detected = Detected("tsv" if delimiter == "\t" else "csv", encoding, delimiter)
    return table_of(records(text, delimiter), limits, watch), detected


def table_of(rows: Iterator[list[str]], limits: Limits, watch: Stopwatch) -> Table:
    """The header wherever it stands, and everything below it."""
    first = list(islice(rows, DEEPEST_HEADER * 2))
    at = header_position(first)
    if at is None:
        raise Unreadable("empty", "ファイルに文字が1つもありません。保存した元のファイルを確かめてください。")
    header = [cell.strip() for cell in first[at]]
    limits.hold_cells(1, len(header))
    reader = _Gatherer(len(header), first_number=at + 2)
    reader.take(first[at + 1 :])
    while block := list(islice(rows, BLOCK)):
        reader.take(block)
        limits.hold_cells(reader.height, reader.width)
        watch.check()
    table = Table(header, reader.columns, range(at + 2, at + 2 + reader.height), at + 1, reader.ragged)
    _drop_blank_rows(table, reader.seen)
    _drop_unused_columns(table)
    return table


def header_position(rows: Sequence[Sequence[str]]) -> int | None:
    """The row with most known column titles; without any, the first that is filled as widely as the table."""
    filled = [sum(map(bool, map(str.strip, row))) for row in rows]
    if not any(filled):
        return None
    candidates = [index for index, cells in enumerate(filled[:DEEPEST_HEADER]) if cells]
    if not candidates:
        return next(index for index, cells in enumerate(filled) if cells)
    titles = known_titles()
    familiar = {index: sum(plain(cell) in titles for cell in rows[index] if cell) for index in candidates}
    best = max(candidates, key=lambda index: (familiar[index], -index))
    if familiar[best] >= 2:
        return best
    usual = max(filled)
    wide = (index for index in candidates if filled[index] > usual / 2 and not _mostly_figures(rows[index]))
    return next(wide, candidates[0])


def _mostly_figures(row: Sequence[str]) -> bool:
    cells = [cell for cell in row if cell]
    return sum(bool(FIGURES.fullmatch(cell)) for cell in cells) > len(cells) / 2


class _Gatherer:
    """Turns blocks of records into columns. Equal values share one string: a table repeats itself a lot."""

    def __init__(self, width: int, first_number: int) -> None:
        self.width = width
        self.first_number = first_number
        self.height = 0
        self.columns: list[list[str]] = [[] for _ in range(width)]
        self.seen: list[dict[str, str]] = [{} for _ in range(width)]
        self.ragged: list[Ragged] = []

    def take(self, block: list[list[str]]) -> None:
        if set(map(len, block)) - {self.width}:
            block = [
                self._fitted(row, number) for number, row in enumerate(block, self.first_number + self.height)
            ]
        self.height += len(block)
        for column, seen, cells in zip(self.columns, self.seen, zip(*block, strict=True), strict=False):
            column.extend(map(seen.setdefault, cells, cells))

    def _fitted(self, row: list[str], number: int) -> list[str]:
        if len(row) == self.width:
            return row
        extra = row[self.width :]
        while extra and not extra[-1]:
            extra.pop()
        if any(row) and (extra or len(row) < self.width):
            self.ragged.append(Ragged(number, min(len(row), self.width) + len(extra), tuple(extra)))
        return (row + [""] * self.width)[: self.width]


def _drop_blank_rows(table: Table, seen: Sequence[dict[str, str]]) -> None:
    """Rows without any text are no records; the others keep the number that Excel shows."""
    if not table.columns or any("" not in values for values in seen):
        return
    blank = set(positions(table.columns[0], "".__eq__))
    for column in table.columns[1:]:
        blank = {row for row in blank if not column[row]}
        if not blank:
            return
    kept = [row not in blank for row in range(len(table))]
    table.numbers = list(compress(table.numbers, kept))
    table.columns = [list(compress(column, kept)) for column in table.columns]


def positions(column: Iterable[Any], wanted: Callable[[Any], bool]) -> Iterator[int]:
    """Where in the column the wanted values stand, counted from 0."""
    return compress(count(), map(wanted, column))


def _drop_unused_columns(table: Table) -> None:
    """Excel saves the columns to the right that were once touched."""
    while len(table.header) > 1 and not table.header[-1] and not any(table.columns[-1]):
        table.header.pop()
        table.columns.pop()
