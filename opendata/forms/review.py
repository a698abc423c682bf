"""The reviewer's decisions, and the end of a publication."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.ui.fields import DayField, ParagraphField
from foundation.ui.forms import Asking, PortalForm, seen_field
from members import names
from members.forms.fields import NameField

CELL = re.compile("([A-Z]{1,3})([1-9][0-9]{0,6})")


class ReturnForm(PortalForm):
    reason = ParagraphField(
        label=_("差し戻す理由"),
        max_length=1000,
        help_text=_("入力した内容は、そのまま担当課へメールで送信されます。"),
        error_messages={"required": _("差し戻す理由を入力してください。")},
    )
    seen = seen_field()
    submit_label = _("差し戻す")


class KeepUnpublishedForm(PortalForm):
    reason = ParagraphField(
        label=_("公開しない理由"),
        max_length=1000,
        help_text=_(
            "担当課と確認の担当者だけが読めます。担当課へはメールでお知らせします。"
            "例：公開の可否を検討中のため／利用者が特定されるおそれがあるため"
        ),
        error_messages={"required": _("公開しない理由を入力してください。")},
    )
    seen = seen_field()
    submit_label = _("公開しないで保管する")


class CommentForm(PortalForm):
    cell = forms.CharField(
        label=_("セル"),
        max_length=12,
        help_text=_("列の記号と行番号。例：D4"),
        error_messages={"required": _("セルを入力してください。例：D4")},
    )
    text = ParagraphField(
        label=_("コメント"),
        max_length=500,
        help_text=_("差し戻すと、担当課の画面で、このセルの横に表示します。"),
        error_messages={"required": _("コメントを入力してください。")},
    )
    seen = seen_field()
    submit_label = _("コメントを付ける")

    def __init__(self, *args: Any, cells: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        """`cells` are those of a row: one is chosen, and no address typed."""
        super().__init__(*args, **kwargs)
        if cells:
            field = self.fields["cell"]
            field.widget = forms.Select(choices=[("", _("選択してください")), *cells])
            field.help_text = ""
            field.error_messages["required"] = _("セルを選択してください。")

    def clean_cell(self) -> str:
        typed = unicodedata.normalize("NFKC", self.cleaned_data["cell"]).upper()
        if not CELL.fullmatch(typed):
            raise forms.ValidationError(_("「D4」のように、列の記号と行番号を入力してください。"))
        return typed

    @property
    def place(self) -> tuple[int, int]:
        """(row, column) by Excel's numbers."""
        found = CELL.fullmatch(self.cleaned_data["cell"])
        assert found
        column = 0
        for each in found[1]:
            column = column * 26 + ord(each) - ord("A") + 1
        return int(found[2]), column


class PublishVersionForm(Asking, PortalForm):
    head_name = NameField(
        label=_("確認した所属長の氏名"),
        max_length=100,
        error_messages={"required": _("確認した所属長の氏名を入力してください。")},
    )
    head_checked_on = DayField(
        label=_("確認した日"), error_messages={"required": _("所属長が確認した日を入力してください。")}
    )
    head_document_number = forms.CharField(
        label=_("文書番号"), max_length=50, required=False, help_text=_("起案文書がある場合。例：環境第123号")
    )
    seen = seen_field()
    submit_label = _("承認して公開する")

    def doubts(self) -> Iterator[str]:
        yield from names.doubts(self.cleaned_data["head_name"])


class WithdrawForm(PortalForm):
    reason = forms.CharField(
        label=_("公開停止の理由"),
        max_length=200,
        help_text=_("公開ページに、停止した日とともに表示します。"),
        error_messages={"required": _("公開停止の理由を入力してください。")},
    )
    submit_label = _("公開を停止する")
