"""Bytes → table. The only way out besides a table is Unreadable."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress, islice
from typing import NamedTuple, Protocol

from tablecheck.cells import END, LONGEST, PlainCells
from tablecheck.limits import MEGABYTE, Limits, Stopwatch
from tablecheck.sniff import sniff
from tablecheck.standards import known_titles, plain
from tablecheck.table import Detected, Ragged, Table
from tablecheck.text import FIRST_BLOCK, as_utf8, blocks, decode, delimiter_of, refuse_nul
from tablecheck.vocabulary import Unreadable
from tablecheck.workbook import sheet_block

# Titles and notes stand above a header; deeper than this nobody writes them.
DEEPEST_HEADER = 10
# From here on polars pays: about eight thousand rows.
LARGE = 2 * MEGABYTE
FIGURES = re.compile(r"[-+0-9０-９.,:/年月日 ]+")


class RecordBlock(Protocol):
    """Some records, in whichever way they are had more cheaply."""

    def rows(self) -> Iterator[list[str]]: ...

    def columns(self, width: int) -> list[list[str]] | None: ...


class Reading(NamedTuple):
    """The table in a file, and what the file turned out to be."""

    table: Table
    detected: Detected


def read(data: bytes, sheet: str | None = None, limits: Limits | None = None) -> Reading:
    """Tell what a file is by its bytes, and find the table in it."""
    limits = limits or Limits()
    limits.hold_bytes(len(data))
    kind = sniff(data)
    watch = Stopwatch(limits)
    if kind != "text":
        block, chosen, sheets = sheet_block(data, kind, sheet, limits)
        table = table_of(iter([block]), limits, watch)
        return Reading(cut(table), Detected(kind, sheet=chosen, sheets=tuple(sheets)))
    if len(data) > LARGE and (large := read_large(data, limits)):
        return Reading(cut(large.table), large.detected)
    text, encoding = decode(data)
    refuse_nul(text)
    delimiter = delimiter_of(text)
    detected = Detected("tsv" if delimiter == "\t" else "csv", encoding, delimiter)
    return Reading(cut(table_of(blocks(text, delimiter), limits, watch)), detected)


def cut(table: Table) -> Table:
    """No cell is longer than Excel's longest; columns.py says of which there was more."""
    for index, cells in enumerate(table.columns):
        if cells.longest > LONGEST:
            long = {value for value in cells.text().split(END) if len(value) > LONGEST}
            shorter = {at: value[:LONGEST] for at, value in cells.find(long)}
            table.columns = [*table.columns[:index], cells.replaced(shorter), *table.columns[index + 1 :]]
    return table


def read_large(data: bytes, limits: Limits) -> Reading | None:
    """A large and regular file at once; None if it needs the patience of the usual way."""
    from tablecheck import bulk  # loaded with the first large file

    utf8, encoding = as_utf8(data)
    if b"\0" in utf8:
        return None
    head = utf8[:FIRST_BLOCK].rpartition(b"\n")[0].decode(errors="replace")
    delimiter = delimiter_of(head)
    rows = [line.split(delimiter) for line in head.removeprefix("\ufeff").splitlines()]
    at = header_position(rows[: 2 * DEEPEST_HEADER])
    if at is None or not all(title.strip() for title in rows[at]):
        return None
    header = [cell.strip() for cell in rows[at]]
    columns = bulk.columns_of(utf8, at + 1, delimiter, len(header))
    if columns is None or all(cells.empty for cells in columns):
        return None
    limits.hold_cells(len(columns[0]), len(header))
    detected = Detected("tsv" if delimiter == "\t" else "csv", encoding, delimiter)
    return Reading(Table(header, columns, range(at + 2, at + 2 + len(columns[0])), at + 1), detected)


def table_of(blocks: Iterator[RecordBlock], limits: Limits, watch: Stopwatch) -> Table:
    """The header wherever it stands, and everything below it."""
    first = [row for block in islice(blocks, 1) for row in block.rows()]
    at = header_position(first[: 2 * DEEPEST_HEADER])
    if at is None:
        raise Unreadable("empty", "ファイルに文字が一つもありません。保存した元のファイルを確認してください。")
    header = [cell.strip() for cell in first[at]]
    limits.hold_cells(len(first), len(header))
    gatherer = _Gatherer(len(header), first_number=at + 2)
    gatherer.take_rows(first[at + 1 :])
    for block in blocks:
        gatherer.take(block)
        limits.hold_cells(gatherer.height, gatherer.width)
        watch.check()
    table = Table(header, gatherer.columns, range(at + 2, at + 2 + gatherer.height), at + 1, gatherer.ragged)
    _drop_blank_rows(table)
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
    """Turns blocks of records into columns."""

    def __init__(self, width: int, first_number: int) -> None:
        self.width = width
        self.first_number = first_number
        self.height = 0
        self.columns = [PlainCells() for _ in range(width)]
        self.ragged: list[Ragged] = []

    def take(self, block: RecordBlock) -> None:
        columns = block.columns(self.width)
        if columns is None:
            self.take_rows(list(block.rows()))
        else:
            self._extend(columns, len(columns[0]))

    def take_rows(self, rows: list[list[str]]) -> None:
        if set(map(len, rows)) - {self.width}:
            rows = [self._fitted(row, number) for number, row in enumerate(rows, self.first_number + self.height)]
        self._extend(zip(*rows, strict=True), len(rows))

    def _extend(self, columns: Iterable[Sequence[str]], height: int) -> None:
        self.height += height
        for column, cells in zip(self.columns, columns, strict=False):
            column.extend(cells)

    def _fitted(self, row: list[str], number: int) -> list[str]:
        if len(row) == self.width:
            return row
        extra = row[self.width :]
        while extra and not extra[-1]:
            extra.pop()
        if any(row) and (extra or len(row) < self.width):
            self.ragged.append(Ragged(number, min(len(row), self.width) + len(extra), tuple(extra)))
        return (row + [""] * self.width)[: self.width]


def _drop_blank_rows(table: Table) -> None:
    """Rows without any text are no records; the others keep the number that Excel shows."""
    blank = set(range(len(table)))
    for cells in table.columns:
        if "" not in cells:
            return
        blank &= {position for position, _empty in cells.find({""})}
    kept = [position not in blank for position in range(len(table))]
    table.numbers = list(compress(table.numbers, kept))
    table.columns = [PlainCells(compress(cells, kept)) for cells in table.columns]


def _drop_unused_columns(table: Table) -> None:
    """Excel saves the columns to the right that were once touched."""
    used = next(
        (at for at in range(len(table.header), 1, -1) if table.header[at - 1] or table.columns[at - 1].filled), 1
    )
    table.header = table.header[:used]
    table.columns = table.columns[:used]
