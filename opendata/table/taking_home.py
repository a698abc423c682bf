"""A version's table as a workbook in which each finding stands at its cell, and what comes back of it from Excel.

The rows stand where they stood in the file, so that each address is the same everywhere. The first sheet's name
says when it was made: what was changed here since is not overwritten by what the workbook still holds of it.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from opendata.models import DatasetVersion, Finding
from opendata.table import kinds, rows
from tablecheck import Checked, Level

# More cells take longer than anybody waits for a page; more notes make a workbook slow.
MOST_CELLS, MOST_NOTES = 300_000, 3000
LONGEST_NOTE, WIDEST = 1000, 40
NAME = re.compile("[^_]+_([0-9]{20})")
MOMENT = "%Y%m%d%H%M%S%f"
TEXT = {"num_format": "@"}
GROUNDS = {Level.ERROR: "#FFD7D7", Level.WARNING: "#FFF3C2"}


def is_small_enough(version: DatasetVersion) -> bool:
    return version.detected["rows"] * len(version.columns) <= MOST_CELLS


def workbook_of(version: DatasetVersion, moment: datetime) -> bytes:
    out = io.BytesIO()
    found = list(version.findings.exclude(level=Level.INFO).in_order())
    with Workbook(out, {"in_memory": True}) as book:
        table = book.add_worksheet(f"{_('表')}_{moment.astimezone(UTC):{MOMENT}}")
        _write_table(book, table, version, found)
        _write_findings(book, found)
    return out.getvalue()


def _write_table(book: Workbook, sheet: Worksheet, version: DatasetVersion, found: list[Finding]) -> None:
    """Every cell is text and stays what it says."""
    plain = book.add_format(TEXT)
    title = book.add_format(TEXT | {"bold": True})
    grounds = {level: book.add_format(TEXT | {"bg_color": colour}) for level, colour in GROUNDS.items()}
    levels = {(each.row, each.column): Level(each.level) for each in reversed(found)}
    for at, column in enumerate(version.columns):
        sheet.set_column(at, at, min(WIDEST, max(12, 2 * len(column["header"]))), plain)
    for number, cells in _rows(version):
        for at, cell in enumerate(cells, 1):
            level = levels.get((number, at))
            look = grounds[level] if level else title if number == version.header_row else plain
            if cell:
                sheet.write_string(number - 1, at - 1, cell, look)
            elif level:
                sheet.write_blank(number - 1, at - 1, None, look)
    _write_notes(sheet, found)


def _write_notes(sheet: Worksheet, found: list[Finding]) -> None:
    notes: dict[tuple[int, int], list[str]] = {}
    for each in found:
        if each.row and each.column:
            notes.setdefault((each.row, each.column), []).append(each.message)
    for (row, place), messages in list(notes.items())[:MOST_NOTES]:
        sheet.write_comment(row - 1, place - 1, "\n".join(messages)[:LONGEST_NOTE], {"x_scale": 2})


def _rows(version: DatasetVersion) -> Iterator[tuple[int, list[str]]]:
    if version.header_row:
        yield version.header_row, rows.header_of(version)
    yield from version.rows.order_by("row").values_list("row", "cells")


def _write_findings(book: Workbook, found: list[Finding]) -> None:
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    title = book.add_format({"bold": True})
    sheet = book.add_worksheet(_("指摘の一覧"))
    for at, (words, width) in enumerate(
        [(_("セル"), 10), (_("重さ"), 10), (_("種類"), 28), (_("指摘"), 70), (_("修正の候補"), 30)]
    ):
        sheet.set_column(at, at, width, text)
        sheet.write_string(0, at, words, title)
    for number, each in enumerate(found, 1):
        level = _("誤り") if each.level == Level.ERROR else _("要確認")
        told = [each.cell, level, kinds.name_of(each.code), each.message, each.repair or ""]
        for at, words in enumerate(told):
            sheet.write_string(number, at, words[:32_767], text)
    sheet.freeze_panes(1, 0)


# What comes back


@dataclass(frozen=True)
class Brought:
    """`changes` are (row, column, before, after); `missing` and `added` are rows by their numbers."""

    changes: list[tuple[int, int, str, str]]
    missing: list[int]
    added: list[int]
    since: datetime


def made_at(sheet: str | None) -> datetime | None:
    """When the workbook was made; None where it is none of ours."""
    found = NAME.fullmatch(sheet or "")
    try:
        return datetime.strptime(found[1], MOMENT).replace(tzinfo=UTC) if found else None
    except ValueError:
        return None


def brought(version: DatasetVersion, checked: Checked) -> Brought | None:
    """What the workbook says otherwise than the table; None where it is not this table's."""
    since = made_at(checked.detected.sheet)
    header, width = rows.header_of(version), len(version.columns)
    same = sum(old == new for old, new in zip(header, checked.table.header, strict=False))
    if since is None or len(checked.table.header) > width or (version.header_row and 2 * same < width):
        return None
    standing = {number: list(cells) for number, cells in version.rows.values_list("row", "cells")}
    there = dict(checked.table.rows())
    if version.header_row:
        standing[version.header_row] = header
        there[version.header_row] = tuple(checked.table.header)
    changes = [
        (row, at, before, after)
        for row, cells in sorted(there.items())
        if row in standing
        for at, (before, after) in enumerate(zip(standing[row], _filled(cells, width), strict=True), 1)
        if before != after
    ]
    return Brought(changes, sorted(standing.keys() - there.keys()), sorted(there.keys() - standing.keys()), since)


def _filled(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    """Columns that were emptied to the right are not read at all."""
    return cells + ("",) * (width - len(cells))
