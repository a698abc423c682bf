"""What there is of a group's year for the document system (retention/archive.py)."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from members.filing import Paper, gone, label_of, table, workbook
from members.models import IntroSheet, Membership, MembershipTerm, SheetPhoto, WorkingGroup
from members.models.membership import MembershipTermQuerySet
from members.states import SheetState

# What a sheet says, in the order of its form.
WRITTEN = ["duties", "problems", "wants", "skills", "message"]


def of_group(group: WorkingGroup) -> Iterator[Paper]:
    """What is of the whole year: the group, its people, what they wrote of themselves, who ran it."""
    yield table(
        _("会議体の概要.csv"), _("会議体の名称、設置者、設置根拠など"), [_("項目"), _("内容")], _facts(group)
    )
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
    yield _sheets(group)


def _sheets(group: WorkingGroup) -> Paper:
    """What was written, and whether there was a photo: the picture itself goes with the sheet."""
    photos = SheetPhoto.objects.filter(sheet=OuterRef("pk"))
    sheets = IntroSheet.objects.filter(membership__group=group).exclude(state=SheetState.DRAFT)
    sheets = sheets.annotate(has_photo=Exists(photos))
    return table(
        _("自己紹介シート.csv"),
        _("提出された自己紹介シート"),
        [_("氏名"), *(label_of(IntroSheet, name) for name in WRITTEN), _("顔写真"), _("提出日時")],
        (
            [
                sheet.membership.user,
                *(getattr(sheet, name) for name in WRITTEN),
                _("あり") if sheet.has_photo else _("なし"),
                sheet.submitted_at,
            ]
            for sheet in sheets.select_related("membership__user").order_by("membership_id")
        ),
    )


def _facts(group: WorkingGroup) -> Iterator[tuple[Any, Any]]:
    names = ["name", "parent_body", "charter", "plan_name", "purpose_text", "retention_text", "planned_meetings"]
    yield _("年度"), group.year
    for name in names:
        yield label_of(WorkingGroup, name), getattr(group, name)


def _people(group: WorkingGroup) -> Iterator[Sequence[Any]]:
    offices: dict[int, list[str]] = {}
    for office in group.office_terms.order_by("valid_from"):
        offices.setdefault(office.membership_id, []).append(str(group.office(office.office)))
    terms = MembershipTerm.objects.filter(membership__group=group).select_related("membership__user", "department")
    for term in terms.order_by("membership__order", "membership_id", "valid_from"):
        person = term.membership.user
        yield [
            person,
            person.kana,
            group.category(term.category),
            term.department or term.affiliation,
            term.job_title,
            term.valid_from,
            term.valid_to,
            "・".join(offices.get(term.membership_id, [])),
        ]


def roster_table(group: WorkingGroup, people: MembershipTermQuerySet, *, for_desk: bool) -> Paper:
    """The roster of today; how people are reached, and their numbers, are the desk's alone."""
    header = [_("氏名"), _("ふりがな"), _("所属"), _("職名"), _("区分"), _("役職")]
    if for_desk:
        header += [_("開始日"), _("終了日"), _("連絡方法"), _("通知先"), _("内線・電話"), _("職員番号")]
    rows = (_of_roster(group, term, for_desk=for_desk) for term in people)
    return table(_("名簿.csv"), _("現在の名簿"), header, rows)


def _of_roster(group: WorkingGroup, term: MembershipTerm, *, for_desk: bool) -> list[Any]:
    person = term.membership.user
    shown = [
        person,
        person.kana,
        term.department or term.affiliation,
        term.job_title,
        group.category(term.category),
        group.office(term.office or ""),
    ]
    if not for_desk:
        return shown
    reached = [person.get_channel_display(), person.address, person.phone, person.employee_number]
    return [*shown, term.valid_from, term.valid_to, *reached]


def sheets_workbook(people: Iterable[Membership]) -> bytes:
    """After current(): each with its `sheet`, and beside it who may see it, for the desk sees more than others."""
    names = [*WRITTEN, "audience", "state", "submitted_at"]
    header = [_("氏名"), _("ふりがな"), _("所属"), _("職名"), *(label_of(IntroSheet, name) for name in names)]
    return workbook(str(IntroSheet._meta.verbose_name), header, map(_of_sheet, people))


def _of_sheet(person: Membership) -> list[Any]:
    sheet = person.sheet
    return [
        person.user,
        person.user.kana,
        person.department_name,
        person.job_title,
        *(getattr(sheet, name) for name in WRITTEN),
        sheet.get_audience_display(),
        sheet.get_state_display(),
        sheet.submitted_at,
    ]
