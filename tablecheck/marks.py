"""What a sheet of an .xlsx says beside its values: errors, formulas that were never computed, cells that are one,
what is hidden. The reader of the values does not tell, so the sheet's own XML is asked.
"""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple

from tablecheck.limits import MEGABYTE

# A larger sheet is read without.
LARGEST = 32 * MEGABYTE
STYLES = "xl/styles.xml"
SHEET = re.compile(rb'<(?:\w+:)?sheet\b[^<>]*?\bname="([^"]*)"[^<>]*?\b\w+:id="([^"]*)"')
RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^<>]*>")
ATTRIBUTE = re.compile(rb'\b(Id|Target)="([^"]*)"')
ERROR = re.compile(
    rb'<c\b(?=[^<>]*\bt="e")[^<>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^<>]*>'
    rb"(?:<f\b[^<>]*(?:/>|>[^<]*</f>))?<v>([^<]*)</v>"
)
NEVER_COMPUTED = re.compile(
    rb'<c\b[^<>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^<>]*>\s*<f\b[^<>]*(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>'
)
MERGED = re.compile(rb'<mergeCell\b[^<>]*?\bref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"')
# A format of nothing but zeros shows 11002 as 011002.
ZEROS = re.compile(rb'<numFmt\b(?=[^<>]*\bformatCode="(0{2,20})[";])[^<>]*?\bnumFmtId="([0-9]{1,6})"')
CELL_STYLES = re.compile(rb"<cellXfs\b[^<>]*>(.*?)</cellXfs>", re.DOTALL)
STYLE = re.compile(rb'<xf\b[^<>]*?\bnumFmtId="([0-9]{1,6})"')
STYLED_NUMBER = re.compile(
    rb'<c\b(?=[^<>]*\bs="([0-9]{1,6})")(?![^<>]*\bt="[^n])[^<>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^<>]*>'
    rb"(?:<f\b[^<>]*(?:/>|>[^<]*</f>))?<v>([0-9]{1,15})(?:\.0)?</v>"
)
HIDDEN_ROW = re.compile(rb'<row\b(?=[^<>]*\bhidden="(?:1|true)")[^<>]*?\br="([0-9]{1,7})"')
HIDDEN_COLUMN = re.compile(rb'<col\b(?=[^<>]*\bhidden="(?:1|true)")[^<>]*>')
SPAN = re.compile(rb'\b(min|max)="([0-9]{1,5})"')


class Area(NamedTuple):
    """From cell to cell, counted from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


class Marks(NamedTuple):
    """Cells as (row, column), counted from 0; hidden rows and columns by Excel's number."""

    errors: dict[tuple[int, int], str]
    never_computed: list[tuple[int, int]]
    merged: list[Area]
    padded: dict[tuple[int, int], str]
    hidden_rows: list[int]
    hidden_columns: list[int]


def marks_of(data: bytes, sheet: str) -> Marks | None:
    """None where the sheet's part is not found, or is too large to be asked."""
    with zipfile.ZipFile(BytesIO(data)) as book:
        part = _part_of(book, sheet.encode())
        if part is None or book.getinfo(part).file_size > LARGEST:
            return None
        xml = book.read(part)
        padding = _padding(book)
    return Marks(
        {_cell(*found[:2]): found[2].decode() for found in ERROR.findall(xml)} if b't="e"' in xml else {},
        [_cell(*found) for found in NEVER_COMPUTED.findall(xml)] if b"<f" in xml else [],
        [Area(*_cell(*found[:2]), *_cell(*found[2:])) for found in MERGED.findall(xml)],
        dict(_padded(xml, padding)) if padding else {},
        [int(row) for row in HIDDEN_ROW.findall(xml)] if b"hidden" in xml else [],
        [column for columns in HIDDEN_COLUMN.findall(xml) for column in _span(columns)],
    )


def _part_of(book: zipfile.ZipFile, sheet: bytes) -> str | None:
    names = set(book.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return None
    wanted = dict(SHEET.findall(book.read("xl/workbook.xml"))).get(sheet)
    relations = map(dict, map(ATTRIBUTE.findall, RELATION.findall(book.read("xl/_rels/workbook.xml.rels"))))
    target = next((found[b"Target"].decode() for found in relations if found.get(b"Id") == wanted), "")
    part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return part if part in names else None


def _padding(book: zipfile.ZipFile) -> dict[bytes, int]:
    """Which styles show a number with how many figures, zeros before it."""
    if STYLES not in book.namelist() or book.getinfo(STYLES).file_size > LARGEST:
        return {}
    xml = book.read(STYLES)
    width = {number: len(zeros) for zeros, number in ZEROS.findall(xml)}
    of_cells = CELL_STYLES.search(xml) if width else None
    styles = STYLE.findall(of_cells[1]) if of_cells else []
    return {b"%d" % at: width[number] for at, number in enumerate(styles) if number in width}


def _padded(xml: bytes, padding: dict[bytes, int]) -> Iterator[tuple[tuple[int, int], str]]:
    for style, *place, figures in STYLED_NUMBER.findall(xml):
        if style in padding:
            yield _cell(*place), figures.decode().zfill(padding[style])


def _cell(letters: bytes, row: bytes) -> tuple[int, int]:
    index = 0
    for byte in letters:
        index = index * 26 + byte - ord("A") + 1
    return int(row) - 1, index - 1


def _span(columns: bytes) -> Iterator[int]:
    ends = {name: int(number) for name, number in SPAN.findall(columns)}
    yield from range(ends.get(b"min", 1), min(ends.get(b"max", 0), ends.get(b"min", 1) + 999) + 1)
