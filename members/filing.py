"""Files that an office opens and files: CSV and workbooks for Excel, plain text for Windows' own editor.

A table is in UTF-8 with BOM, so that a double click opens it; no cell computes.
"""

import csv
import hashlib
import io
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.db.models import Field, Model
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy
from xlsxwriter import Workbook

from foundation.audit.models import Event
from foundation.audit.words import words_of
from foundation.calendar import wareki
from foundation.db import clock
from foundation.documents.blocks import Document
from foundation.documents.writers import WRITERS
from members.models import Membership
from tablecheck.formulas import safe

BOM = "\ufeff"
CONTENTS = gettext_lazy("目録.csv")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# In characters: what is longer wraps.
NARROW, WIDE = 16, 40


@dataclass(frozen=True)
class Paper:
    """`name` within its folder, with slashes; `about` is what the list of contents says of it."""

    name: str
    about: str
    content: bytes


def text(name: str, about: str, content: str) -> Paper:
    """Windows' own editor shows the lines of this one too."""
    return Paper(name, about, (BOM + content.replace("\n", "\r\n")).encode())


def table(name: str, about: str, header: Sequence[Any], rows: Iterable[Sequence[Any]]) -> Paper:
    out = io.StringIO()
    write = csv.writer(out).writerow
    write([safe(str(cell)) for cell in header])
    for row in rows:
        write([safe(_shown(cell)) for cell in row])
    return Paper(name, about, (BOM + out.getvalue()).encode())


def written(name: str, about: str, document: Document, suffixes: tuple[str, ...], at: datetime) -> Iterator[Paper]:
    """One paper of the office as each of these files."""
    for suffix in suffixes:
        write, _content_type = WRITERS[suffix]
        yield Paper(f"{name}.{suffix}", about, write(document, at=at))


def pack(papers: Iterable[Paper]) -> bytes:
    """A ZIP, with a list of contents. The same rows on the same day are the same bytes.

    Names in Japanese, as Windows since 8 reads them.
    """
    out, listed = io.BytesIO(), []
    today = clock.today()

    with ZipFile(out, "w") as packed:

        def add(paper: Paper) -> None:
            entry = ZipInfo(paper.name, date_time=(today.year, today.month, today.day, 0, 0, 0))
            packed.writestr(entry, paper.content, ZIP_DEFLATED)

        for paper in papers:
            add(paper)
            sha256 = hashlib.sha256(paper.content).hexdigest()
            listed.append([paper.name, paper.about, len(paper.content), sha256])
        header = [_("ファイル"), _("内容"), _("大きさ（バイト）"), _("SHA-256")]
        add(table(str(CONTENTS), "", header, listed))
    return out.getvalue()


def workbook(
    title: str, header: Sequence[Any], rows: Iterable[Sequence[Any]], *, figures: Collection[int] = ()
) -> bytes:
    """One sheet, whose header stays in sight. Every cell is text and stays so when it is edited: none computes.

    `figures` are the columns whose numbers are to be summed: there, numbers stay numbers.
    """
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet(title)
        titles = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top", "bold": True})
        texts = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        longest = [0] * len(header)
        for at, row in enumerate([header, *rows]):
            cells = [_shown(cell) for cell in row]
            longest = [max(pair) for pair in zip(longest, map(len, cells), strict=True)]
            for column, cell in enumerate(cells):
                if column in figures and isinstance(row[column], int | Decimal):
                    sheet.write_number(at, column, row[column])
                else:
                    sheet.write_string(at, column, cell, texts if at else titles)
        for column, length in enumerate(longest):
            sheet.set_column(column, column, WIDE if length > NARROW else NARROW)
        sheet.freeze_panes(1, 1)
    return out.getvalue()


def _shown(cell: Any) -> str:
    if isinstance(cell, datetime):
        return f"{timezone.localtime(cell):%Y-%m-%d %H:%M}"
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else str(cell)


def gone(name: str, what: str, day: date) -> Paper:
    """In the place of what was disposed of."""
    said = _("%(what)sは、保存期間が満了したため、%(day)sに廃棄しました。")
    return text(name, what, said % {"what": what, "day": wareki.date(day)})


def of_log(name: str, about: str, events: Iterable[Event]) -> Paper:
    """Who did what."""
    return table(
        name,
        about,
        [_("日時"), _("操作者"), _("経路"), _("操作"), _("対象"), _("変更内容")],
        (
            [
                event.at,
                event.by or "",
                event.get_via_display(),
                words_of(event.action),
                event.target_label,
                event.changes or "",
            ]
            for event in events
        ),
    )


def label_of(model: type[Model], name: str) -> str:
    field = model._meta.get_field(name)
    assert isinstance(field, Field)
    return str(field.verbose_name)


def name_of(person: Membership | None) -> str:
    return str(person.user) if person else ""
