from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.ui.fields import DayField, ParagraphField
from foundation.ui.forms import PortalForm, ShownForm, seen_field
from foundation.ui.layout import Button
from reports.states import ApprovalKind


class OnReportForm(ShownForm):
    other_now = _(
        "このページを開いた後に、結果報告の内容が変わりました。まだ何も記録していません。"
        "このページの今の内容を確認して、もう一度操作してください。"
    )


class OutcomeForm(PortalForm):
    seen = seen_field()
    outcome = ParagraphField(
        label=_("会議の成果"), max_length=500, help_text=_("【概要】の「…の参加があり、」に続く文")
    )

    submit_label = _("会議の成果を保存する")

    @property
    def helper(self) -> FormHelper:
        """Beside it on the page stands the step to take next, which is the chief thing to press."""
        helper = super().helper
        helper.inputs = [Button(self.submit_label, kind="outline")]
        return helper


class ApprovalForm(OnReportForm):
    kind = forms.ChoiceField(label=_("区分"), choices=ApprovalKind, widget=forms.RadioSelect)
    decided_on = DayField(label=_("決裁・供覧の年月日"), widget=forms.DateInput())
    decided_by = forms.CharField(
        label=_("決裁者（供覧の場合は、最後に閲覧した方）の職名"), max_length=100, help_text=_("例：行政経営部長")
    )
    document_number = forms.CharField(label=_("文書番号"), max_length=50, required=False)

    submit_label = _("記録する")


TELLS = _(
    "名簿の方のうち、メールアドレスを登録している%(number)s名に、公開ページのアドレスを送ります"
    "（公開の操作をする方を除きます）。送信前に公開を停止したときは、送りません。"
)


class PublishReportForm(OnReportForm):
    """The first publication has nothing to fill in; a correction names what was corrected, and a text that was
    withheld and did not change says why it comes back.
    """

    correction = forms.CharField(
        label=_("訂正箇所"),
        max_length=500,
        help_text=_("公開ページの先頭に「一部訂正（訂正箇所：…）」と表示します。"),
    )
    resumed_reason = forms.CharField(
        label=_("公開を再開する理由"),
        max_length=200,
        help_text=_(
            "公開を停止した内容から変わったところがありません。公開ページの先頭に、この理由を表示します。"
        ),
    )

    tells = forms.BooleanField(label=_("公開したことをメールで知らせる"), required=False, initial=True)

    def __init__(self, *args: Any, asked: str = "", readers: int = 0, **kwargs: Any) -> None:
        """`asked` names the one field that this publication needs; `readers` is how many would hear of it."""
        super().__init__(*args, **kwargs)
        if readers:
            self.fields["tells"].help_text = TELLS % {"number": readers}
        else:
            del self.fields["tells"]
        labels = {"": _("公開する"), "correction": _("訂正して公開する"), "resumed_reason": _("公開を再開する")}
        self.submit_label = labels[asked]
        for name in ("correction", "resumed_reason"):
            if name != asked:
                del self.fields[name]


class WithholdForm(OnReportForm):
    reason = forms.CharField(
        label=_("公開停止の理由"), max_length=200, help_text=_("公開ページに、理由と日付を表示します。")
    )

    submit_label = _("公開を停止する")
