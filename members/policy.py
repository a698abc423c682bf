"""Who may, and when: one function per question, asked by the action (which decides) and by the page."""

from django.utils.translation import gettext_lazy as _

from members import rules
from members.models import Anybody, Membership, User, WorkingGroup

ADMINISTRATORS_ONLY = _("この操作は、システム管理者だけが行えます。")
DESK_ONLY = _("この操作は、会議の事務局の担当者だけが行えます。")
OWN_SHEET_ONLY = _("自己紹介シートは、会議に参加している間、御本人だけが変更できます。")


def can_administrate(user: Anybody) -> bool:
    return isinstance(user, User) and user.is_administrator


def can_run_desk(user: Anybody, group: WorkingGroup) -> bool:
    return rules.runs_desk(user, group.pk)


def can_edit_sheet(user: Anybody, membership: Membership) -> bool:
    """One's own, while one takes part; what was said stays readable afterwards."""
    return membership.user_id == user.pk and membership.terms.current().exists()
