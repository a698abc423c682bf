"""Who may, and when: one function per question, asked by the action (which decides) and by the page."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from foundation.calendar import wareki
from members import rules
from members.models import Anybody, Membership, User, WorkingGroup

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ADMINISTRATORS_ONLY = _("この操作は、システム管理者だけが行えます。")
DESK_ONLY = _("この操作は、会議の事務局の担当者だけが行えます。")
OWN_SHEET_ONLY = _("自己紹介シートは、会議に参加している間、御本人だけが変更できます。")
SHEETS_LOCKED = _(
    "自己紹介シートの変更期限（%(day)s）を過ぎたため、保存していません。変更が必要なときは、%(contact)sへ御連絡ください。"
)
NO_PURPOSE = _(
    "この会議体には、個人情報の利用目的と保存期間がまだ登録されていません。"
    "参加者に入力をお願いする前に、両方をシステム管理者が「管理」で登録してください。"
)


def can_administrate(user: Anybody) -> bool:
    return isinstance(user, User) and user.is_administrator


def can_run_desk(user: Anybody, group: WorkingGroup) -> bool:
    return rules.runs_desk(user, group.pk)


def why_no_sheet(user: Anybody, membership: Membership) -> "StrOrPromise":
    """Why this person does not write this sheet now; empty where they do. What was said stays readable."""
    group = membership.group
    if membership.user_id != user.pk or not membership.terms.current().exists():
        return OWN_SHEET_ONLY
    if not group.tells_purpose:
        return NO_PURPOSE
    if is_locked(membership):
        day = wareki.date(group.sheets_lock_on) if group.sheets_lock_on else ""
        return SHEETS_LOCKED % {"day": day, "contact": group.contact}
    return ""


def no_purpose(group: WorkingGroup) -> "StrOrPromise":
    """Why nobody in this group may be asked for anything yet; empty where they may."""
    return "" if group.tells_purpose else NO_PURPOSE


def can_edit_sheet(user: Anybody, membership: Membership) -> bool:
    return not why_no_sheet(user, membership)


def is_locked(membership: Membership) -> bool:
    """The group's last day for sheets is over, and the desk has not opened this person's again."""
    return membership.group.has_locked_sheets and not membership.has_sheet_reopened


def owns_sheet(user: Anybody, membership: Membership) -> bool:
    """May take back what was allowed, also after the last day, and after taking part."""
    return membership.user_id == user.pk
