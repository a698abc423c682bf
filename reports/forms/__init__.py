from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Row
from django import forms
from django.forms.models import model_to_dict
from django.utils.translation import gettext_lazy as _

from foundation.ui.fields import DayField, ParagraphField
from foundation.ui.forms import EditForm, PortalForm, ShownForm, seen_field
from foundation.ui.layout import Button, Disclosure, Shown
from members.models import WorkingGroup
from reports.models import DueRules, Report, Style
from reports.states import SETTLED


class OnReportForm(ShownForm):
    other_now = _(
        "このページを開いた後に、結果報告の内容が変わりました。まだ何も記録していません。"
        "このページの今の内容を確認して、もう一度操作してください。"
    )


class ArchiveSearchForm(PortalForm):
    """`groups`: those that have anything in the archive."""

    q = forms.CharField(
        label=_("キーワード"),
        required=False,
        max_length=100,
        help_text=_("例：窓口　予約。空白で区切ると、全ての言葉を含む結果報告を探します。"),
    )
    year = forms.TypedChoiceField(label=_("年度"), required=False, coerce=int, empty_value=None)
    group = forms.ChoiceField(label=_("会議体"), required=False)
    submit_label = _("探す")
    method = "get"
    show_requirement = False
    layout = ("q", Disclosure(_("年度・会議体で絞り込む"), "year", "group"))

    def __init__(self, *args: Any, groups: Sequence[WorkingGroup], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = {group.fiscal_year: group.year for group in groups}
        named = [(group.slug, group.with_year) for group in groups]
        self.fields["year"].choices = [("", _("全ての年度")), *years.items()]  # type: ignore[attr-defined]
        self.fields["group"].choices = [("", _("全ての会議体")), *named]  # type: ignore[attr-defined]


class OutcomeForm(PortalForm):
    """What the group's style prints and no row of the meeting tells: of these fields those that it asks for."""

    seen = seen_field()
    outcome = ParagraphField(
        label=_("会議の成果"), max_length=500, help_text=_("【概要】の「…の参加があり、」に続く文")
    )
    decisions = ParagraphField(
        label=_("決定事項"),
        max_length=3000,
        help_text=_("1行に1件。決定がなかったときは「なし」と入力してください。"),
    )
    was_recorded = forms.TypedChoiceField(
        label=_("録音"),
        choices=[("yes", _("有")), ("no", _("無"))],
        coerce=lambda said: said == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
    )
    signers = ParagraphField(label=_("署名する方"), max_length=500, help_text=_("1行に1名の氏名"))

    def __init__(self, *args: Any, asked: Sequence[str], counts_votes: bool = False, **kwargs: Any) -> None:
        """Where several things are asked, one may be written before another is known.

        `counts_votes`: what was decided stands in the report already, unless somebody says it otherwise.
        """
        super().__init__(*args, **kwargs)
        for name in self.fields.keys() - {"seen", *asked}:
            del self.fields[name]
        for name in asked:
            self.fields[name].required = len(asked) == 1
        if counts_votes and "decisions" in asked:
            self.fields["decisions"].required = False
            self.fields["decisions"].help_text = _("入力しないときは、賛否を数えた結果を載せます。1行に1件。")
        only_outcome = [*asked] == ["outcome"]
        self.submit_label = _("会議の成果を保存する") if only_outcome else _("報告に載せる内容を保存する")

    def shown_of(self, stored: Any) -> dict[str, Any]:
        return outcome_of(stored)

    @property
    def helper(self) -> FormHelper:
        """Beside it on the page stands the step to take next, which is the chief thing to press."""
        helper = super().helper
        helper.inputs = [Button(self.submit_label, kind="outline")]
        return helper


def outcome_of(report: Report) -> dict[str, Any]:
    """What the form shows of a report."""
    said = {None: "", True: "yes", False: "no"}
    return {**model_to_dict(report), "was_recorded": said[report.was_recorded]}


MOST_DAYS = 366


class DueRulesForm(EditForm):
    summary_days = forms.IntegerField(
        label=_("会議の概要を公表するまでの日数"),
        min_value=1,
        max_value=MOST_DAYS,
        required=False,
        help_text=_("開催日の翌日から数えます。例：2。決めていないときは空欄"),
    )
    record_days = forms.IntegerField(
        label=_("会議録を公表するまでの日数"),
        min_value=1,
        max_value=MOST_DAYS,
        required=False,
        help_text=_("開催日の翌日から数えます。例：45。決めていないときは空欄"),
    )

    layout = (
        Fieldset(_("会議の概要"), Row("summary_days", "summary_count")),
        Fieldset(_("会議録"), Row("record_days", "record_count"), "report_is_record"),
    )

    class Meta:
        model = DueRules
        fields = ["summary_days", "summary_count", "record_days", "record_count", "report_is_record"]


class ToldForm(PortalForm):
    seen = seen_field()
    summary_told_on = DayField(label=_("会議の概要を公表した日"), required=False, widget=forms.DateInput())
    record_told_on = DayField(label=_("会議録を公表した日"), required=False, widget=forms.DateInput())

    def __init__(self, *args: Any, report: Report, **kwargs: Any) -> None:
        super().__init__(*args, initial=self.shown_of(report) | {"seen": report.version}, **kwargs)

    def shown_of(self, stored: Any) -> dict[str, Any]:
        return model_to_dict(stored, ["summary_told_on", "record_told_on"])


class SentenceForm(OnReportForm):
    """A fact may take several lines; a sentence is one."""

    words = ParagraphField(label=_("置き換える文"), max_length=2000)
    reason = forms.CharField(
        label=_("置き換える理由"), max_length=200, help_text=_("事務局だけが読みます。公開しません。")
    )

    submit_label = _("この文に置き換える")

    def __init__(self, *args: Any, is_fact: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_fact = is_fact

    def clean_words(self) -> str:
        words = self.cleaned_data["words"].strip()
        if "\n" in words and not self.is_fact:
            raise forms.ValidationError(_("この文は、改行せずに入力してください。"))
        return words


class ApprovalForm(OnReportForm):
    """All in one, when it is over: the document system knows each step."""

    kind = forms.ChoiceField(
        label=_("区分"), choices=[(kind.value, kind.label) for kind in SETTLED], widget=forms.RadioSelect
    )
    decided_on = DayField(label=_("決裁・供覧の年月日"), widget=forms.DateInput())
    decided_by = forms.CharField(
        label=_("決裁者（供覧の場合は、最後に閲覧した方）の職名又は氏名"),
        max_length=100,
        help_text=_("例：行政経営部長"),
    )
    document_number = forms.CharField(label=_("文書番号"), max_length=50, required=False)
    drafted_by = forms.CharField(
        label=_("起案者の職名又は氏名"), max_length=100, required=False, help_text=_("例：行政経営課主事")
    )
    drafted_on = DayField(label=_("起案日"), required=False, widget=forms.DateInput())
    consulted = ParagraphField(
        label=_("回議・合議"),
        max_length=1000,
        required=False,
        help_text=_("1行に1名の職名又は氏名。例：総務課長（5月20日）"),
    )
    effective_on = DayField(label=_("施行日"), required=False, widget=forms.DateInput())
    comment = forms.CharField(label=_("備考"), max_length=400, required=False)

    submit_label = _("記録する")
    layout = (
        "kind",
        "decided_on",
        "decided_by",
        "document_number",
        Disclosure(
            _("起案・合議・施行も記録する"),
            "drafted_by",
            "drafted_on",
            "consulted",
            "effective_on",
            "comment",
        ),
    )


class SendBackForm(OnReportForm):
    decided_by = forms.CharField(
        label=_("差し戻した方の職名又は氏名"), max_length=100, help_text=_("例：行政経営課長")
    )
    decided_on = DayField(label=_("差戻しの年月日"), widget=forms.DateInput())
    comment = forms.CharField(label=_("差戻しの理由"), max_length=400, help_text=_("例：議題2の数字の確認"))

    submit_label = _("差戻しを記録する")


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


class StyleForm(EditForm):
    """Sent by 「この内容で見本を表示する」 nothing is kept: the page shows the report as it would be."""

    parts = ParagraphField(
        label=_("項目と順番"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=_(
            "1行に1項目を、表示する順に入力してください。"
            "例えば「日時：開催日時」と書くと、日時を「開催日時」という見出しで表示します。"
        ),
    )

    submit_label = _("この様式を使う")
    extra_buttons = (Button(_("この内容で見本を表示する"), "preview", kind="outline", at="#preview"),)
    layout = (
        Fieldset(
            _("項目"),
            "name",
            "title",
            "parts",
            Shown("reports/desk/_parts.html"),
            "facts_look",
            "heading_look",
            "subheading_look",
        ),
        Fieldset(_("日時の書き方"), "era", "weekday", "clock", "span"),
        Fieldset(_("出席者と配布資料の書き方"), "names_look", "has_sizes"),
        Fieldset(
            _("議題と発言の書き方"),
            "item_form",
            "point_sign",
            "reply_sign",
            "question_sign",
            "answer_sign",
            "has_speakers",
            "names_speakers",
        ),
        Fieldset(_("概要の文"), Shown("reports/desk/_fields.html"), "purpose", "turnout", "request"),
    )

    class Meta:
        model = Style
        fields = list(Style().rules)
