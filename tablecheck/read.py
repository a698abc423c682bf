"""Bytes → table. The only way out besides a table is Unreadable."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress, islice
from typing import NamedTuple, Protocol

from tablecheck import charsets, outside
from tablecheck.cells import END, LONGEST, Cells, PlainCells
from tablecheck.header import DEEPEST_HEADER, Header, header_of, is_of_data, numbered
from tablecheck.limits import MEGABYTE, Limits, Stopwatch
from tablecheck.sniff import sniff
from tablecheck.table import Detected, LeftOut, Ragged, Remark, Table
from tablecheck.text import FIRST_BLOCK, Quirk, blocks, delimiter_of, refuse_nul
from tablecheck.vocabulary import Code, Unreadable
from tablecheck.workbook import sheet_block

# From here on polars pays.
LARGE, MANY = 2 * MEGABYTE, 8_000
# Lines of nothing but delimiters and what nobody sees; the first of them in UTF-8.
BLANK_LINE = re.compile('\n([,;|"\t \u3000\xa0]*)\r?(?=\n|$)')
BLANK_BYTES = re.compile(
    rb'\n(?:(?:[,;|"\t ]|\xe3\x80\x80|\xc2\xa0)*\r?\n|(?:[,;|"\t ]|\xe3\x80\x80|\xc2\xa0)+\r?\Z)'
)
# Rows of a beginning in which the header is looked for.
BEGINNING = 2 * DEEPEST_HEADER
# Of the first rows, so much is shown to who chooses the header.
SHOWN_ROWS, SHOWN_CELLS, SHOWN_LETTERS = 20, 6, 60
# Blank rows whose numbers are said.
NUMBERED = 5


class RecordBlock(Protocol):
    """Some records, in whichever way they are had more cheaply."""

    @property
    def quirks(self) -> list[Quirk]:
        """What was odd in the cells, known once the rows were read."""

    def rows(self) -> Iterator[list[str]]: ...

    def columns(self, width: int) -> list[list[str]] | None: ...


class Reading(NamedTuple):
    """The table in a file, and what the file turned out to be."""

    table: Table
    detected: Detected


class Way(NamedTuple):
    """How a person said that a file is to be read; what they left open is told by the file.

    `header_row` is Excel's number, 0 where there is no header; `kept` are rows that are records, whatever they
    look like, and `dropped` rows that are none.
    """

    encoding: str | None = None
    delimiter: str | None = None
    header_row: int | None = None
    kept: tuple[int, ...] = ()
    dropped: tuple[int, ...] = ()


BY_ITSELF = Way()


def read(data: bytes, sheet: str | None = None, limits: Limits | None = None, way: Way = BY_ITSELF) -> Reading:
    """Tell what a file is by its bytes, and find the table in it."""
    limits = limits or Limits()
    limits.hold_bytes(len(data))
    kind = sniff(data)
    watch = Stopwatch(limits)
    if kind != "text":
        block, chosen, sheets = sheet_block(data, kind, sheet, limits)
        table = table_of(iter([block]), limits, watch, way, blanks=True)
        table.left_out += block.hidden
        table.hidden_columns = block.hidden_columns
        return Reading(cut(table), Detected(kind, sheet=chosen, sheets=tuple(sheets)))
    long = len(data) > LARGE and data.count(b"\n") >= MANY
    if long and way == BY_ITSELF and (large := read_large(data, limits)):
        return Reading(cut(large.table), large.detected)
    text, encoding = charsets.decode(data, way.encoding)
    refuse_nul(text)
    delimiter = way.delimiter or delimiter_of(text)
    blanks = any(line[1].strip(',;|"') for line in BLANK_LINE.finditer(text))
    table = table_of(blocks(text, delimiter), limits, watch, way, blanks=blanks)
    return Reading(cut(table), Detected("tsv" if delimiter == "\t" else "csv", encoding, delimiter))


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

    utf8, encoding = charsets.as_utf8(data)
    if b"\0" in utf8 or BLANK_BYTES.search(utf8):
        return None
    head = utf8[: 2 * FIRST_BLOCK].rpartition(b"\n")[0].decode(errors="replace").removeprefix("\ufeff")
    delimiter = delimiter_of(head)
    rows = list(next(blocks(head, delimiter)).rows())
    header = header_of(rows[:BEGINNING])
    if header is None or " " in delimiter or is_of_data(header, rows) or not all(header.titles):
        return None
    if any("\n" in cell for row in rows[: header.below] for cell in row):
        return None
    columns = bulk.columns_of(utf8, header.below, delimiter, len(header.titles))
    if columns is None or all(cells.empty for cells in columns):
        return None
    limits.hold_cells(len(columns[0]), len(columns))
    table = _begun(header, columns, len(columns[0]))
    table.beginning = shortly(rows)
    outside.leave_out(table)
    return Reading(table, Detected("tsv" if delimiter == "\t" else "csv", encoding, delimiter))


def table_of(
    blocks: Iterator[RecordBlock], limits: Limits, watch: Stopwatch, way: Way = BY_ITSELF, *, blanks: bool = False
) -> Table:
    """The header wherever it stands, and everything below it. `blanks`: some rows may hold nothing but blanks."""
    beginning = list(islice(blocks, 1))
    first = [row for block in beginning for row in block.rows()]
    header = _header(first, limits, way.header_row)
    gatherer = _Gatherer(len(header.titles), first_number=header.below + 1)
    for block in beginning:
        gatherer.note(block, before=0)
    gatherer.take_rows(first[header.below :])
    for block in blocks:
        gatherer.take(block)
        limits.hold_cells(gatherer.height, gatherer.width)
        watch.check()
    table = _begun(header, gatherer.columns, gatherer.height)
    table.ragged, table.remarks, table.beginning = gatherer.ragged, gatherer.remarks, shortly(first)
    _drop_blank_rows(table, blanks)
    _drop_unused_columns(table)
    outside.leave_out(table, way.kept, way.dropped)
    return table


def shortly(rows: Sequence[Sequence[str]]) -> list[str]:
    """The first rows as a person recognises them: what stands in the first cells of each."""
    filled = (filter(None, (" ".join(cell.split()) for cell in row)) for row in rows[:SHOWN_ROWS])
    return ["、".join(islice(cells, SHOWN_CELLS))[:SHOWN_LETTERS] for cells in filled]


def _header(first: list[list[str]], limits: Limits, wanted: int | None) -> Header:
    header = header_of(first if wanted else first[:BEGINNING], wanted)
    if header is None:
        raise Unreadable("empty", "ファイルに文字が一つもありません。保存した元のファイルを確認してください。")
    if wanted is None and is_of_data(header, first):
        header = numbered(first) or header
    if len(header.titles) > limits.columns:
        header = header._replace(titles=header.titles[: _used(first)])
    limits.hold_cells(len(first), len(header.titles))
    return header


def _used(rows: Sequence[Sequence[str]]) -> int:
    """How far to the right anything stands."""
    ends = (next((at for at in range(len(row), 0, -1) if row[at - 1].strip()), 0) for row in rows)
    return max(ends, default=0)


def _begun(header: Header, columns: Sequence[Cells], height: int) -> Table:
    numbers = range(header.below + 1, header.below + 1 + height)
    return Table(header.titles, columns, numbers, header.at + 1, titles=(header.first + 1, header.below))


class _Gatherer:
    """Turns blocks of records into columns."""

    def __init__(self, width: int, first_number: int) -> None:
        self.width = width
        self.first_number = first_number
        self.height = 0
        self.columns = [PlainCells() for _ in range(width)]
        self.ragged: list[Ragged] = []
        self.remarks: list[Remark] = []

    def take(self, block: RecordBlock) -> None:
        columns = block.columns(self.width)
        if columns is None:
            rows = list(block.rows())
            self.note(block, self.first_number + self.height - 1)
            self.take_rows(rows)
        else:
            self._extend(columns, len(columns[0]))

    def take_rows(self, rows: list[list[str]]) -> None:
        if set(map(len, rows)) - {self.width}:
            rows = [self._fitted(row, number) for number, row in enumerate(rows, self.first_number + self.height)]
        self._extend(zip(*rows, strict=True), len(rows))

    def note(self, block: RecordBlock, before: int) -> None:
        """What reading alone could tell of the block's cells; `before` it came so many rows."""
        for record, column, value, problem in block.quirks:
            row = before + record + 1
            if row >= self.first_number and column < self.width:
                self.remarks.append(Remark.of(row, column + 1, value, problem))

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


def _drop_blank_rows(table: Table, blanks: bool) -> None:
    """Rows without any text are no records; the others keep the number that Excel shows."""
    blank = set(range(len(table)))
    for cells in table.columns:
        nothing = {"", *(value for value in cells.values if value.isspace())} if blanks else {""}
        blank &= {position for position, _nothing in cells.find(nothing)}
        if not blank:
            return
    kept = [position not in blank for position in range(len(table))]
    last = max((at for at, stays in enumerate(kept) if stays), default=0)
    between = [table.numbers[at] for at in sorted(blank) if at < last]
    table.numbers = list(compress(table.numbers, kept))
    table.columns = [PlainCells(compress(cells, kept)) for cells in table.columns]
    if between:
        shown = "、".join(str(number) for number in between[:NUMBERED])
        more = f"ほか、計{len(between):,}行" if len(between) > NUMBERED else ""
        table.left_out.append(LeftOut(between[0], Code.BLANK_ROWS.word, f"{shown}行目{more}"))


def _drop_unused_columns(table: Table) -> None:
    """Excel saves the columns to the right that were once touched."""
    used = next(
        (at for at in range(len(table.header), 1, -1) if table.header[at - 1] or table.columns[at - 1].filled), 1
    )
    table.header = table.header[:used]
    table.columns = table.columns[:used]
