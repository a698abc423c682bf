"""Bytes of a workbook → records of one sheet, as a person reads them in Excel."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import python_calamine

from tablecheck.bombs import refuse_bomb
from tablecheck.limits import Limits
from tablecheck.sniff import encrypted
from tablecheck.text import Quirk
from tablecheck.vocabulary import Unreadable

DAMAGED = "Excelファイルが壊れていて開けません。Excelで開き、別の名前で保存し直してください。"


@dataclass(frozen=True, slots=True)
class SheetBlock:
    """All rows of a sheet, from row 1 on."""

    cells: list[list[Any]]
    quirks: list[Quirk] = field(default_factory=list)

    def rows(self) -> Iterator[list[str]]:
        return ([shown(value) for value in row] for row in self.cells)

    def columns(self, _width: int) -> None:
        """A sheet comes in rows."""


def sheet_block(data: bytes, kind: str, wanted: str | None, limits: Limits) -> tuple[SheetBlock, str, list[str]]:
    """(rows, name of the sheet, names of all visible sheets)."""
    try:
        refuse_bomb(data, kind, limits)
        return _read(data, wanted, limits)
    except (Unreadable, KeyboardInterrupt, SystemExit):
        raise
    except python_calamine.PasswordError:
        raise encrypted() from None
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
            _refuse_nul([*cells, sheets])
            return SheetBlock(cells), name, sheets
    return SheetBlock([]), sheets[0], sheets


def _refuse_nul(cells: list[list[Any]]) -> None:
    """In a text file it is refused with its line; here it stands as _x0000_ in a cell."""
    if any(isinstance(value, str) and "\0" in value for row in cells for value in row):
        raise Unreadable(
            "nul",
            "セルに、表にはあり得ない文字（NUL）があります。Excelで開き直し、別の名前で保存し直してください。",
        )


def shown(value: Any) -> str:
    """A cell as text: dates as ISO, whole numbers without the .0 that the file format adds."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return _moment(value)


def _moment(value: Any) -> str:
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time.min else value.isoformat(" ", "minutes")
    if isinstance(value, dt.time):
        return value.isoformat("minutes")
    if isinstance(value, dt.timedelta):
        return "{:02}:{:02}".format(*divmod(int(value.total_seconds()) // 60, 60))
    return str(value)
