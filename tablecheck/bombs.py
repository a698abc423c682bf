"""Workbooks that are small as files and larger than any memory as tables.

A few kilobytes can hold gigabytes, or one cell in the last corner of a sheet. The reader makes room for the whole
rectangle up to the last cell, and ends the process if there is none: the rectangle is measured before.
"""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from xml.parsers import expat

from tablecheck.limits import MEGABYTE, Limits
from tablecheck.vocabulary import Unreadable

SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml")
FILLED_CELL = re.compile(rb'<(?:[a-z]+:)?c\b[^<>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^<>]*(?<!/)>')
DIMENSION = re.compile(rb'<(?:[a-z]+:)?dimension ref="(?:[A-Z]+[0-9]+:)?([A-Z]{1,3})([0-9]{1,7})"')
LARGEST_SCANNED = 32 * MEGABYTE


def refuse_bomb(data: bytes, kind: str, limits: Limits) -> None:
    if kind == "xls":
        return
    with zipfile.ZipFile(BytesIO(data)) as archive:
        limits.hold_parts(len(archive.infolist()))
        limits.hold_bytes(sum(entry.file_size for entry in archive.infolist()))
        for rows, columns in _sheets(archive) if kind == "xlsx" else _tables(archive.read("content.xml")):
            limits.hold_cells(rows, columns)


def unpacked(data: bytes) -> int:
    """How many bytes a workbook is without its packing."""
    if not zipfile.is_zipfile(BytesIO(data)):
        return len(data)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return sum(entry.file_size for entry in archive.infolist())


# xlsx: every cell says where it stands


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[int, int]]:
    for entry in archive.infolist():
        if SHEET_PART.fullmatch(entry.filename):
            with archive.open(entry) as part:
                yield _extent(part.read(LARGEST_SCANNED))


def _extent(xml: bytes) -> tuple[int, int]:
    """(rows, columns) up to the last cell with a value; of a large sheet, what Excel wrote about itself."""
    large = len(xml) == LARGEST_SCANNED
    cells = DIMENSION.findall(xml[:4096]) if large else FILLED_CELL.findall(xml)
    if not cells:
        return 0, 0
    return max(int(row) for _column, row in cells), max(map(_index, {column for column, _row in cells}))


def _index(letters: bytes) -> int:
    """A → 1, AA → 27."""
    index = 0
    for byte in letters:
        index = index * 26 + byte - ord("A") + 1
    return index


# ods: rows and cells say how often they are repeated


def _tables(xml: bytes) -> list[tuple[int, int]]:
    counter = _Counter()
    parser = expat.ParserCreate()
    parser.StartElementHandler = counter.start
    parser.EntityDeclHandler = _refuse_entity
    parser.Parse(xml, True)
    return counter.extents


def _refuse_entity(*_declared: object) -> None:
    """No program that makes tables declares any; one can name a file of this machine, or grow without end."""
    raise Unreadable(
        "entity",
        "ファイルの中に、表計算ソフトが使わない宣言（XMLの実体宣言）があります。"
        "Excelなどで開き、別の名前で保存し直してください。",
    )


class _Counter:
    """(rows, columns) up to the last cell with a value, of each table as it is met."""

    def __init__(self) -> None:
        self.extents: list[tuple[int, int]] = []
        self.row = self.column = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table:table":
            self.extents.append((0, 0))
            self.row = 0
        elif name == "table:table-row":
            self.row += int(attributes.get("table:number-rows-repeated", 1))
            self.column = 0
        elif name in {"table:table-cell", "table:covered-table-cell"}:
            self.column += int(attributes.get("table:number-columns-repeated", 1))
            if self.extents and any(key.startswith("office:") for key in attributes):
                rows, columns = self.extents[-1]
                self.extents[-1] = max(rows, self.row), max(columns, self.column)
