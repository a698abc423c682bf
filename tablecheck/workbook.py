"""Bytes of a workbook → records of one sheet, as a person reads them in Excel."""

import datetime as dt
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import python_calamine

from tablecheck.limits import MEGABYTE, Limits
from tablecheck.vocabulary import Unreadable

SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml")
FILLED_CELL = re.compile(rb'<(?:[a-z]+:)?c\b[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^>]*(?<!/)>')
DIMENSION = re.compile(rb'<(?:[a-z]+:)?dimension ref="(?:[A-Z]+[0-9]+:)?([A-Z]{1,3})([0-9]{1,7})"')
LARGEST_SCANNED = 32 * MEGABYTE
DAMAGED = "Excelファイルが壊れていて開けません。Excelで開き、別の名前で保存し直してください。"


@dataclass(frozen=True, slots=True)
class SheetBlock:
    """All rows of a sheet, from row 1 on."""

    cells: list[list[Any]]

    def rows(self) -> Iterator[list[str]]:
        return ([shown(value) for value in row] for row in self.cells)

    def columns(self, _width: int) -> None:
        """A sheet comes in rows."""


def sheet_block(data: bytes, kind: str, wanted: str | None, limits: Limits) -> tuple[SheetBlock, str, list[str]]:
    """(rows, name of the sheet, names of all visible sheets)."""
    if kind == "xlsx":
        _refuse_bomb(data, limits)
    try:
        return _read(data, wanted, limits)
    except (Unreadable, KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # noqa: BLE001  the reader's own panics are no Exception
        raise Unreadable("damaged", DAMAGED) from None


def _read(data: bytes, wanted: str | None, limits: Limits) -> tuple[SheetBlock, str, list[str]]:
    book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(data))
    visible = python_calamine.SheetVisibleEnum.Visible
    sheets = [sheet.name for sheet in book.sheets_metadata if sheet.visible == visible]
    if not sheets:
        raise Unreadable("no-sheet", "表示されているシートがありません。シートを表示して保存し直してください。")
    if wanted is not None and wanted not in sheets:
        names = "」「".join(sheets)
        raise Unreadable("no-such-sheet", f"「{wanted}」というシートはありません。「{names}」から選んでください。")
    for name in [wanted] if wanted is not None else sheets:
        sheet = book.get_sheet_by_name(name)
        limits.hold_cells(sheet.total_height, sheet.total_width)
        cells = sheet.to_python(skip_empty_area=False)
        if cells or name == wanted:
            return SheetBlock(cells), name, sheets
    return SheetBlock([]), sheets[0], sheets


def shown(value: Any) -> str:
    """A cell as text: dates as ISO, whole numbers without the .0 that the file format adds."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time.min else value.isoformat(" ", "minutes")
    if isinstance(value, dt.time):
        return value.isoformat("minutes")
    return str(value)


def _refuse_bomb(data: bytes, limits: Limits) -> None:
    """A few kilobytes can hold gigabytes, or one cell in the last corner of a sheet.

    The reader makes room for the whole rectangle up to the last cell, and ends the process if there is none.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            limits.hold_bytes(sum(entry.file_size for entry in archive.infolist()))
            for entry in archive.infolist():
                if SHEET_PART.fullmatch(entry.filename):
                    with archive.open(entry) as part:
                        limits.hold_cells(*_extent(part.read(LARGEST_SCANNED)))
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, RuntimeError, NotImplementedError):
        raise Unreadable("damaged", DAMAGED) from None


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
