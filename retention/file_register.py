"""A draft for the 個人情報ファイル簿 (個人情報の保護に関する法律第75条), filled in from what the portal knows.

Its headings are those of the form in 同法施行規則; what only the town knows is left for it to fill in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _, gettext_lazy

from foundation.retention import RecordKind
from members.filing import label_of
from members.models import IntroSheet, Municipality, User, WorkingGroup
from retention import due
from retention.kinds import KINDS

FOR_THE_TOWN = gettext_lazy("（団体で記入）")


@dataclass(frozen=True)
class FileEntry:
    """One personal information file; `people` is how many it is about."""

    title: str
    people: int
    rows: Sequence[tuple[str, str]]


def entries() -> list[FileEntry]:
    town = Municipality.objects.first()
    periods = due.years()
    groups = WorkingGroup.objects.select_related("contact_department")
    return [_of_people(town, periods), *(_of_group(group, town, periods) for group in groups)]


def _of_people(town: Municipality | None, periods: dict[str, int | None]) -> FileEntry:
    items = [_("氏名"), _("ふりがな"), _("旧姓")]
    items += [label_of(User, name) for name in ("email", "delivery_email", "phone", "employee_number")]
    items += [_("所属・職名と期間"), _("会議への参加と期間"), _("ログイン・二段階認証の記録"), _("操作記録")]
    return FileEntry(
        title=_("職員等名簿"),
        people=User.objects.count(),
        rows=_entry(
            town,
            name=_("職員等名簿"),
            section=town.contact_section if town else "",
            purpose=_("会議の構成員、事務局及びデータ担当の職員の登録、本人確認並びに通知の送信のため"),
            items=items,
            whom=_("会議に参加する職員及び庁外の者、会議の事務局の職員並びにデータを提出する課の職員"),
            source=_("所属課からの報告及び本人からの申出"),
            kept=[(KINDS[name], periods[name]) for name in ("contacts", "letters", "log")],
        ),
    )


def _of_group(group: WorkingGroup, town: Municipality | None, periods: dict[str, int | None]) -> FileEntry:
    fields = ["duties", "problems", "wants", "skills", "message"]
    items = [_("氏名"), _("所属・職名"), _("出欠"), _("代理の方の氏名・職名"), _("事務局への連絡"), _("書面意見")]
    items += [_("質問及び回答"), *(label_of(IntroSheet, name) for name in fields), _("顔写真")]
    title = _("%sの構成員等") % group.with_year
    return FileEntry(
        title=title,
        people=group.memberships.count(),
        rows=_entry(
            town,
            name=title,
            section=str(group.contact_department or ""),
            purpose=group.purpose_text,
            items=items,
            whom=_("会議の構成員（庁外の者を含む。）"),
            source=_("本人の入力（入力フォーム、自己紹介シート）及び会議での発言"),
            kept=[(KINDS[name], periods[name]) for name in ("replies", "sheets", "records")],
        ),
    )


def _entry(
    town: Municipality | None,
    *,
    name: str,
    section: str,
    purpose: str,
    items: Sequence[str],
    whom: str,
    source: str,
    kept: Sequence[tuple[RecordKind, int | None]],
) -> list[tuple[str, str]]:
    return [
        (_("個人情報ファイルの名称"), name),
        (_("行政機関等の名称"), str(town or FOR_THE_TOWN)),
        (_("利用に供される事務をつかさどる組織の名称"), section or str(FOR_THE_TOWN)),
        (_("利用目的"), purpose or str(FOR_THE_TOWN)),
        (_("記録項目"), "、".join(f"{number} {item}" for number, item in enumerate(items, start=1))),
        (_("記録範囲"), whom),
        (_("記録情報の収集方法"), source),
        (_("要配慮個人情報の有無"), _("（団体で判断して記入。自由に記入する欄に本人が書くことがあります。）")),
        (_("記録情報の経常的提供先"), str(FOR_THE_TOWN)),
        (_("開示請求等を受理する組織の名称及び所在地"), str(FOR_THE_TOWN)),
        (_("訂正及び利用停止に関する他の法令の規定"), str(FOR_THE_TOWN)),
        (_("個人情報ファイルの種別"), _("電算処理ファイル")),
        (_("備考（保存期間）"), "、".join(f"{kind.label}：{in_words(years)}" for kind, years in kept)),
    ]


def in_words(years: int | None) -> Any:
    """翌年度の初めから5年"""
    if years is None:
        return _("無期限（常用）")
    return _("作成した年度の翌年度の4月1日から%s年間") % years if years else _("作成した年度の末日まで")
