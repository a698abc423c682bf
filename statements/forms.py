from typing import Any

from crispy_forms.layout import Fieldset
from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.ui.fields import DayField, ParagraphField
from foundation.ui.forms import EditForm, PortalForm, ShownForm, seen_field
from foundation.ui.layout import Button
from statements.models import LONGEST, AccessibilityTest, CriterionResult
from statements.states import BY_HAND, PAGE_NAMES, PageType

LEFT = [("", _("判定しない")), *((one.value, one.label) for one in BY_HAND)]


class EditTextForm(PortalForm):
    seen = seen_field()
    body = ParagraphField(
        label=_("本文"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 24}),
        help_text=_("空行で段落を分けます。行の先頭の「■」は見出し、「・」は箇条書きになります。"),
    )

    submit_label = _("下書きを保存する")


class DecisionForm(ShownForm):
    """What the town decided, on exactly what the page shows."""

    change = forms.CharField(label=_("改定の内容"), max_length=500, help_text=_("公開ページの履歴に表示します。"))
    decided_on = DayField(label=_("決定日"), widget=forms.DateInput())
    decided_by = forms.CharField(label=_("決定者の職名"), max_length=100, help_text=_("例：行政経営部長"))
    document_number = forms.CharField(label=_("文書番号"), max_length=50, required=False)

    submit_label = _("公開する")
    other_now = _(
        "このページを開いた後に、内容が変わりました。まだ何も公開していません。"
        "このページの今の内容を確認して、もう一度操作してください。"
    )

    def __init__(self, *args: Any, changing: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not changing:
            del self.fields["change"]


class WithdrawStatementForm(DecisionForm):
    submit_label = _("掲載を取りやめる")
    other_now = _(
        "このページを開いた後に、掲載中の内容が変わりました。まだ何も変更していません。"
        "今の内容を確認して、もう一度操作してください。"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, changing=True, **kwargs)
        self.fields["change"].label = _("取りやめる理由")
        self.fields["change"].error_messages["required"] = _("取りやめる理由を入力してください。")


class AccessibilityTestForm(EditForm):
    submit_label = _("保存する")

    class Meta:
        model = AccessibilityTest
        fields = ["tested_on", "tester", "method", "scope"]
        field_classes = {"tested_on": DayField, "method": ParagraphField, "scope": ParagraphField}
        help_texts = {
            "tested_on": _("複数の日にわたるときは、最後の日を入力します。試験は、1年度に1件登録します。"),
            "method": _("使用した支援技術、ブラウザー、確認の手順など"),
            "scope": _("実際に試験したページの名前とアドレス（URL）"),
        }


class JudgeForm(PortalForm):
    """One criterion: a judgement and a remark for each sort of page, and a judgement for all that have none."""

    seen = seen_field()

    extra_buttons = (Button(_("保存して次の達成基準へ"), "next", kind="outline"),)

    def __init__(self, *args: Any, row: CriterionResult, **kwargs: Any) -> None:
        self.row = row
        super().__init__(*args, **kwargs)
        self.initial["seen"] = row.version

    def name_fields(self) -> None:
        """Each sort of page has two; they stand there before they get their words."""
        self.fields["rest"] = forms.ChoiceField(
            label=_("「判定しない」としたページの全てに付ける判定"),
            choices=LEFT,
            required=False,
            help_text=_("音声や動画のように、どのページにもないものは、ここで「適用なし」を選択します。"),
        )
        for page in PageType:
            self.fields[f"{page}_judgement"] = forms.ChoiceField(label=_("判定"), choices=LEFT, required=False)
            self.fields[f"{page}_remark"] = forms.CharField(label=_("備考"), max_length=300, required=False)
            self.initial[f"{page}_judgement"] = self.row.judgements.get(page, "")
            self.initial[f"{page}_remark"] = self.row.remarks.get(page, "")
        self.layout = (
            "seen",
            "rest",
            *(Fieldset(PAGE_NAMES[page], f"{page}_judgement", f"{page}_remark") for page in PageType),
        )

    def shown_of(self, stored: CriterionResult) -> dict[str, Any]:
        names = {f"{page}_judgement": stored.judgements.get(page, "") for page in PageType}
        return names | {f"{page}_remark": stored.remarks.get(page, "") for page in PageType}

    @staticmethod
    def judged(typed: dict[str, Any]) -> dict[str, dict[str, str]]:
        """As the action takes it: a judgement and a remark for each sort of page that has one."""
        judgements = {page.value: typed[f"{page}_judgement"] or typed["rest"] for page in PageType}
        remarks = {page.value: typed[f"{page}_remark"] for page in PageType}
        return {
            "judgements": {page: told for page, told in judgements.items() if told},
            "remarks": {page: told for page, told in remarks.items() if told},
        }
