"""Who may, and when: asked by the action, which decides, and by the page."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from retention.due import Retained

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def against(kept: Retained) -> "StrOrPromise":
    """Why it cannot be decided that this goes; empty where it can."""
    if not kept.is_due:
        return _("保存期間が満了していないため、廃棄できません。")
    if kept.disposal is not None:
        return _("この記録の廃棄は既に決定されています。")
    if kept.holds:
        return _("廃棄の差止めがあるため、廃棄できません。差止めを解除してから操作してください。")
    if kept.needs_archive:
        return _(
            "文書管理システムで保存するためのZIPファイルが、年度の終了後にまだ作成されていません。"
            "会議体の事務局が「記録の保存」のページで作成してから、廃棄を決定してください。"
            "事務局の担当者がいないときは、会議体のページで担当者を登録してください。"
        )
    return ""
