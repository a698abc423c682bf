"""Bytes of a workbook → records of one sheet, as a person reads them in Excel."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from itertools import islice
from typing import Any

import python_calamine

from tablecheck.bombs import refuse_bomb, unpacked
from tablecheck.limits import Limits
from tablecheck.marks import Area, Marks, marks_of
from tablecheck.sniff import ZIP, encrypted
from tablecheck.table import LeftOut, letter
from tablecheck.text import Quirk
from tablecheck.vocabulary import Code, Problem, Unreadable

DAMAGED = "Excelファイルが壊れていて開けません。Excelで開き、別の名前で保存し直してください。"


@dataclass(frozen=True, slots=True)
class SheetBlock:
    """All rows of a sheet, from row 1 on."""

    cells: list[list[Any]]
    quirks: list[Quirk] = field(default_factory=list)
    hidden: list[LeftOut] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)

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
        _refuse_sparse(sheet.total_height * sheet.total_width, data)
        cells = sheet.to_python(skip_empty_area=False)
        if cells or name == wanted:
            _refuse_nul([*cells, sheets])
            return _marked(SheetBlock(cells), marks_of(data, name) if data.startswith(ZIP) else None), name, sheets
    return SheetBlock([]), sheets[0], sheets


# A filled cell takes some bytes; a rectangle of more cells than that is empty but for its corners.
MANY_CELLS = 2_000_000


def _refuse_sparse(cells: int, data: bytes) -> None:
    if cells > max(MANY_CELLS, unpacked(data)):
        raise Unreadable(
            "too-sparse",
            "表から離れたセルに文字や書式が残っているため、読み込めません。"
            "必要な行と列だけを新しいファイルに移して保存してください。",
        )


NEVER = Problem(
    Code.FORMULA_EMPTY,
    "数式が計算されていないため、値がありません。Excelで開いて保存し直してください。",
)
MERGED = "上又は左のセルと結合されているため、空です。"
# Cells that were one, and hidden rows, of which each is told.
MOST, NAMED = 1000, 5


def _marked(block: SheetBlock, marks: Marks | None) -> SheetBlock:
    """What the sheet says beside its values, put where the values stand."""
    if marks is None:
        return block
    cells = block.cells
    for (row, column), text in (marks.errors | marks.padded).items():
        if row < len(cells) and column < len(cells[row]):
            cells[row][column] = text
    block.quirks.extend(Quirk(row, column, "", NEVER) for row, column in marks.never_computed)
    for area in marks.merged:
        if area.top < len(cells) and area.left < len(cells[area.top]):
            value = shown(cells[area.top][area.left])
            below = [spot for spot in islice(_spots(area), MOST) if spot != (area.top, area.left)]
            block.quirks.extend(Quirk(*spot, "", Problem(Code.MERGED, MERGED, value or None)) for spot in below)
    _hide_rows(block, [row for row in marks.hidden_rows if row <= len(cells)])
    width = max(map(len, cells), default=0)
    block.hidden_columns.extend(at for at in marks.hidden_columns if at <= width)
    _hide(block, Code.HIDDEN_COLUMN, [f"{letter(at)}列" for at in block.hidden_columns])
    return block


def _spots(area: Area) -> Iterator[tuple[int, int]]:
    rows, columns = range(area.top, area.bottom + 1), range(area.left, area.right + 1)
    return ((row, column) for row in rows for column in columns)


def _hide_rows(block: SheetBlock, rows: list[int]) -> None:
    """A few are told where they stand, so that each can be left out; of many it is told once."""
    if len(rows) <= NAMED:
        block.hidden.extend(LeftOut(row, Code.HIDDEN_ROW.word, f"{row}行目") for row in rows)
    else:
        _hide(block, Code.HIDDEN_ROW, [f"{row}行目" for row in rows])


def _hide(block: SheetBlock, code: Code, places: list[str]) -> None:
    if places:
        more = f"ほか、計{len(places):,}か所" if len(places) > NAMED else ""
        block.hidden.append(LeftOut(1, code.word, f"{'、'.join(places[:NAMED])}{more}"))


def _refuse_nul(cells: list[list[Any]]) -> None:
    """In a text file it is refused with its line; here it stands as _x0000_ in a cell."""
    if any(isinstance(value, str) and "\0" in value for row in cells for value in row):
        raise Unreadable(
            "nul",
            "セルに、表にはあり得ない文字（NUL）があります。Excelで開き直し、別の名前で保存し直してください。",
        )


# A time of 24 hours and more comes out of an OpenDocument sheet as the file writes it.
DURATION = re.compile(r"\APT([0-9]{2,5})H([0-5][0-9])M[0-5][0-9](?:\.[0-9]+)?S\Z")


def shown(value: Any) -> str:
    """A cell as text: dates as ISO, whole numbers without the .0 that the file format adds."""
    if isinstance(value, str):
        return DURATION.sub(r"\1:\2", value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        # Excel keeps fifteen figures: 0.1+0.2 is 0.3 there.
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(float(f"{value:.15g}"))
    return _moment(value)


def _moment(value: Any) -> str:
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time.min else value.isoformat(" ", "minutes")
    if isinstance(value, dt.time):
        return value.isoformat("minutes")
    if isinstance(value, dt.timedelta):
        return "{:02}:{:02}".format(*divmod(int(value.total_seconds()) // 60, 60))
    return str(value)
