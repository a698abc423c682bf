"""The forms of the component gallery: every kind of field, in every state."""

from crispy_forms.layout import Fieldset
from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.ui.fields import DayField, ParagraphField
from foundation.ui.forms import PortalForm, PortalFormSet
from foundation.ui.layout import Branch, Button, Disclosure, When

MODES = [("venue", _("会場で出席")), ("online", _("オンラインで出席")), ("absent", _("欠席"))]
THEMES = [
    ("online", _("申請手続のオンライン化")),
    ("paperless", _("庁内会議のペーパーレス化")),
    ("waiting", _("窓口の待ち時間")),
]
DATASETS = [("", "---------"), ("toilet", _("公衆トイレ一覧")), ("aed", _("AED設置箇所一覧")), ("none", _("未定"))]


class GalleryForm(PortalForm):
    mode = forms.ChoiceField(
        label=_("出欠"),
        choices=MODES,
        widget=forms.RadioSelect,
        error_messages={"required": _("出欠を選択してください。")},
    )
    connection = forms.CharField(label=_("接続する端末"), required=False, help_text=_("例：課の会議用パソコン"))
    opinion = ParagraphField(label=_("書面意見"), required=False, max_length=200)
    question_1 = ParagraphField(label=_("見本 一郎さんへの質問"), required=False, max_length=200)
    question_2 = ParagraphField(label=_("架空 花子さんへの質問"), required=False, max_length=200)
    themes = forms.MultipleChoiceField(
        label=_("取り上げたいテーマ"), choices=THEMES, widget=forms.CheckboxSelectMultiple, required=False
    )
    # A field that takes the name of a property of <form>: the script must not mind.
    dataset = forms.ChoiceField(
        label=_("公開予定のデータ"),
        choices=DATASETS,
        error_messages={
            "required": _("公開予定のデータを選択してください。決まっていない場合は「未定」を選択してください。")
        },
    )
    day = DayField(label=_("提出予定日"), required=False)
    count = forms.IntegerField(label=_("件数"), required=False, min_value=0)
    file = forms.FileField(label=_("補足資料"), required=False, help_text=_("PDF・Word・Excel、50MBまで。"))
    agree = forms.BooleanField(
        label=_("質問を会議録に掲載することに同意します"),
        error_messages={"required": _("会議録への掲載の可否を確認し、同意する場合はチェックを入れてください。")},
    )

    submit_label = _("回答を送信する")
    extra_buttons = (Button(_("下書きを保存する"), "draft", kind="outline"),)
    choice_hints = {
        "mode": {
            "venue": _("市役所4階 401会議室"),
            "online": _("接続先は、このページに表示し、前開庁日にメールでもお知らせします。"),
        }
    }
    layout = (
        Fieldset(
            _("1. 出欠"),
            Branch("mode", When("online", "connection"), When("absent", "opinion")),
        ),
        Fieldset(
            _("2. 自己紹介シートへの質問"),
            Disclosure(
                _("見本 一郎（総務課 主査）"),
                "question_1",
                intro=_("申請書の電子化に取り組みたい。紙の回覧を減らす方法を知りたい。"),
                badge=_("質問あり"),
            ),
            Disclosure(
                _("架空 花子（福祉課 係長）"), "question_2", intro=_("窓口の待ち時間を見えるようにしたい。")
            ),
        ),
        Fieldset(_("3. 課題"), "themes", "dataset", "day", "count", "file", "agree"),
    )


class RowForm(PortalForm):
    title = forms.CharField(label=_("議題"))
    minutes = forms.IntegerField(label=_("分"), min_value=1)


Rows = forms.formset_factory(RowForm, formset=PortalFormSet, extra=2)

ANSWERS = {
    "mode": "absent",
    "opinion": _("資料4の案に賛成します。"),
    "question_1": _("電子決裁への移行で、最も時間がかかったのは何でしたか。"),
    "themes": ["online", "waiting"],
    "dataset": "toilet",
    "day": "2026-12-01",
    "count": 12,
    "agree": True,
}
WRONG = {"mode": "", "question_2": "x" * 201, "dataset": "", "day": "2026-02-30"}


def form_in(state: str) -> GalleryForm:
    if state == "errors":
        return GalleryForm(WRONG)
    form = GalleryForm(initial=ANSWERS if state in {"filled", "disabled"} else None)
    for field in form.fields.values():
        field.disabled = state == "disabled"
    return form
