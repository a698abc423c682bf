"""A standard as a file to be filled in: CSV with the titles alone, a workbook with choices, notes and an example.

The workbook's first sheet is what is uploaded; the others tell how. Every cell is text and stays what was typed.
"""

import io
from collections.abc import Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _, gettext_lazy
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tablecheck import Field, Standard, csv_blocks, letter

# As a data validation of Excel's allows.
LONGEST_TITLE, LONGEST_WORDS = 32, 255
# As far down as choices and notes are offered.
LAST_ROW = 10_000
NARROW, WIDE = 16, 48
REQUIRED, RECOMMENDED = "#FFDD99", "#DDEEFF"
TITLE = {"num_format": "@", "bold": True}
WRITTEN = {
    "municipality_code": gettext_lazy("半角の数字6桁"),
    "corporate_number": gettext_lazy("半角の数字13桁"),
    "town_id": gettext_lazy("「0008-001」の形"),
    "identifier": gettext_lazy("半角の英数字と記号"),
    "kana": gettext_lazy("全角カタカナ"),
    "number": gettext_lazy("半角の数字"),
    "integer": gettext_lazy("半角の数字（整数）"),
    "latitude": gettext_lazy("半角の数字（小数）"),
    "longitude": gettext_lazy("半角の数字（小数）"),
    "date": gettext_lazy("「2026-04-01」の形"),
    "time": gettext_lazy("「09:00」の形"),
    "phone": gettext_lazy("「0123-45-6789」の形"),
    "postal_code": gettext_lazy("半角の数字7桁"),
    "uri": gettext_lazy("「https://」から始まるアドレス"),
    "email": gettext_lazy("メールアドレス"),
    "weekdays": gettext_lazy("「月火水」のように続けた曜日"),
}


class ColumnLine(NamedTuple):
    """What is told of a column."""

    field: Field
    need: str
    written: str

    @property
    def words(self) -> str:
        return f"{self.field.description}{self.field.note}"


def lines_of(standard: Standard) -> list[ColumnLine]:
    return [ColumnLine(field, need_of(field), written_of(field)) for field in standard.fields]


def need_of(field: Field) -> str:
    if field.required:
        return _("必須")
    return _("必須（空欄可）") if field.must_exist else (field.level or _("任意"))


def written_of(field: Field) -> str:
    if field.choices:
        return _("「%s」から選択") % "」「".join(field.choices)
    return str(WRITTEN.get(field.kind, _("文字")))


def csv_of(standard: Standard) -> bytes:
    return b"".join(csv_blocks([field.title for field in standard.fields], []))


def xlsx_of(standard: Standard) -> bytes:
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        titles = [(field.title, book.add_format(TITLE | _ground(field))) for field in standard.fields]
        plain = book.add_format(TITLE)
        sheet = _sheet(book, _("入力"), titles, [], text)
        example = [field.example for field in standard.fields]
        _sheet(book, _("記入例"), titles, [example], text)
        _explain(book, standard, plain, text)
        _offer_choices(book, sheet, standard, plain, text)
    return out.getvalue()


def _ground(field: Field) -> dict[str, str]:
    """What must be there is seen at once, and what should be."""
    if field.must_exist:
        return {"bg_color": REQUIRED}
    return {"bg_color": RECOMMENDED} if field.should_exist else {}


def _sheet(
    book: Workbook, name: str, titles: Sequence[tuple[str, Format]], rows: Sequence[Sequence[str]], text: Format
) -> Worksheet:
    sheet = book.add_worksheet(name)
    for at, (title, look) in enumerate(titles):
        sheet.set_column(at, at, max(NARROW, 2 * len(title)), text)
        sheet.write_string(0, at, title, look)
    for number, row in enumerate(rows, 1):
        for at, cell in enumerate(row):
            sheet.write_string(number, at, cell, text)
    sheet.freeze_panes(1, 0)
    return sheet


def _explain(book: Workbook, standard: Standard, plain: Format, text: Format) -> None:
    titles = [_("列"), _("区分"), _("内容"), _("書き方"), _("例")]
    rows = [
        [line.field.title, line.need, line.words, line.written, line.field.example] for line in lines_of(standard)
    ]
    sheet = _sheet(book, _("列の説明"), [(title, plain) for title in titles], rows, text)
    sheet.set_column(0, 0, NARROW * 2, text)
    sheet.set_column(2, 4, WIDE, text)


def _offer_choices(book: Workbook, sheet: Worksheet, standard: Standard, plain: Format, text: Format) -> None:
    """A list under the cell where the standard knows one, and a note beside every cell."""
    chosen = [field for field in standard.fields if field.choices]
    if chosen:
        name = _("選択肢")
        kept = _sheet(book, name, [(field.title, plain) for field in chosen], [], text)
        for at, field in enumerate(chosen):
            kept.write_column(1, at, field.choices, text)
    for at, line in enumerate(lines_of(standard)):
        told = {
            "input_title": _cut(line.field.title, LONGEST_TITLE),
            "input_message": _cut(f"【{line.need}】{line.words}\n{line.written}", LONGEST_WORDS),
        }
        if line.field in chosen:
            column = letter(chosen.index(line.field) + 1)
            told |= {
                "validate": "list",
                "source": f"='{name}'!${column}$2:${column}${len(line.field.choices) + 1}",
                "error_title": _("選択肢にない値です"),
                "error_message": _("一覧から選んでください。当てはまるものがなければ空欄にします。"),
            }
        else:
            told |= {"validate": "any"}
        sheet.data_validation(1, at, LAST_ROW, at, told)


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else f"{words[: most - 1]}…"
