from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.ui.forms import PortalForm
from members import links


class CodeForm(PortalForm):
    """The eight characters of an email or a slip, typed by hand."""

    code = forms.CharField(
        label=_("回答用コード"),
        max_length=40,
        help_text=_("案内に書かれた8文字です。大文字と小文字、ハイフンの有無は問いません。例：7K3M-Q9TX"),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": _("案内に書かれた8文字を入力してください。")},
    )

    submit_label = _("ページを開く")

    def clean_code(self) -> str:
        """Wrong, revoked and never issued are answered alike."""
        link = links.find_by_code(self.cleaned_data["code"])
        if link is None:
            raise forms.ValidationError(
                _(
                    "このコードでは開けませんでした。読み違いがないか確認してください。"
                    "案内が新しくなったときは、前のコードは使えません。"
                ),
                code="unknown",
            )
        self.link = link
        return self.cleaned_data["code"]
