"""Files for the document system (retention/archive.py), and what this floor has to put there.

A table is CSV in UTF-8 with BOM, which Excel opens by a double click; no cell computes.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Field, Model
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit.models import Event
from foundation.audit.words import words_of
from foundation.calendar import wareki
from members.models import IntroSheet, Membership, MembershipTerm, WorkingGroup
from members.states import SheetState
from tablecheck.formulas import safe

BOM = "\ufeff"


@dataclass(frozen=True)
class Paper:
    """`name` within its folder, with slashes; `about` is what the list of contents says of it."""

    name: str
    about: str
    content: bytes


def label_of(model: type[Model], name: str) -> str:
    field = model._meta.get_field(name)
    assert isinstance(field, Field)
    return str(field.verbose_name)


def text(name: str, about: str, content: str) -> Paper:
    """Windows' own editor shows the lines of this one too."""
    return Paper(name, about, (BOM + content.replace("\n", "\r\n")).encode())


def table(name: str, about: str, header: Sequence[Any], rows: Iterable[Sequence[Any]]) -> Paper:
    out = io.StringIO()
    write = csv.writer(out).writerow
    write([str(cell) for cell in header])
    for row in rows:
        write([safe(_shown(cell)) for cell in row])
    return Paper(name, about, (BOM + out.getvalue()).encode())


def _shown(cell: Any) -> str:
    if isinstance(cell, datetime):
        return f"{timezone.localtime(cell):%Y-%m-%d %H:%M}"
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else str(cell)


def of_group(group: WorkingGroup) -> Iterator[Paper]:
    """What is of the whole year: the group, its people, what they wrote of themselves, who ran it."""
    yield table(_("部会の概要.csv"), _("部会の名称、設置者、設置根拠など"), [_("項目"), _("内容")], _facts(group))
    yield table(
        _("名簿.csv"),
        _("参加した方の氏名、所属、職名、区分と期間"),
        [_("氏名"), _("ふりがな"), _("区分"), _("所属"), _("職名"), _("開始日"), _("終了日"), _("役職")],
        _people(group),
    )
    yield table(
        _("事務局.csv"),
        _("事務局の担当者と期間"),
        [_("氏名"), _("開始日"), _("終了日")],
        ((grant.user, grant.valid_from, grant.valid_to) for grant in group.desk_grants.select_related("user")),
    )
    if group.sheets_disposed_on:
        yield gone(_("自己紹介シートについて.txt"), _("それまでの自己紹介シート"), group.sheets_disposed_on)
    sheets = IntroSheet.objects.filter(membership__group=group).exclude(state=SheetState.DRAFT)
    fields = ["duties", "problems", "wants", "skills", "message"]
    yield table(
        _("自己紹介シート.csv"),
        _("提出された自己紹介シート"),
        [_("氏名"), *(label_of(IntroSheet, name) for name in fields), _("提出日時")],
        (
            [sheet.membership.user, *(getattr(sheet, name) for name in fields), sheet.submitted_at]
            for sheet in sheets.select_related("membership__user").order_by("membership_id")
        ),
    )


def gone(name: str, what: str, day: date) -> Paper:
    """In the place of what was disposed of."""
    said = _("%(what)sは、保存期間が満了したため、%(day)sに廃棄しました。")
    return text(name, what, said % {"what": what, "day": wareki.date(day)})


def _facts(group: WorkingGroup) -> Iterator[tuple[Any, Any]]:
    names = ["name", "parent_body", "charter", "plan_name", "purpose_text", "retention_text", "planned_meetings"]
    yield _("年度"), group.year
    for name in names:
        yield label_of(WorkingGroup, name), getattr(group, name)


def _people(group: WorkingGroup) -> Iterator[Sequence[Any]]:
    offices: dict[int, list[str]] = {}
    for office in group.office_terms.order_by("valid_from"):
        offices.setdefault(office.membership_id, []).append(office.get_office_display())
    terms = MembershipTerm.objects.filter(membership__group=group).select_related("membership__user", "department")
    for term in terms.order_by("membership__order", "membership_id", "valid_from"):
        person = term.membership.user
        yield [
            person,
            person.kana,
            term.get_category_display(),
            term.department or term.affiliation,
            term.job_title,
            term.valid_from,
            term.valid_to,
            "・".join(offices.get(term.membership_id, [])),
        ]


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


def name_of(person: Membership | None) -> str:
    return str(person.user) if person else ""
