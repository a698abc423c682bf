"""What cannot be published as it is: asked by the action, which decides, and by the page."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from statements.models import PublishedStatement
from statements.proposals import BLANK
from statements.results import ResultTable, to_json

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

UNCHANGED = _("掲載中の内容から変わったところがありません。")


def against(body: str, last: PublishedStatement | None) -> "StrOrPromise":
    """Why a text is not published; empty where it may be."""
    if str(BLANK) in body:
        return _("「【団体で記入】」と書かれた箇所が残っています。下書きに記入してから公開してください。")
    return UNCHANGED if last and last.body == body else ""


def against_results(table: ResultTable, last: PublishedStatement | None) -> "StrOrPromise":
    """The same of a test: it may have gaps, which the page shows, but somebody has looked at something."""
    if not table.tested:
        return _("全てのページを判定した達成基準がありません。判定してから公開してください。")
    return UNCHANGED if last and last.results == to_json(table) else ""
