"""A report of the time before, as it is entered and corrected: when and where, its heading, its file, its text."""

from typing import Any

from crispy_forms.layout import Fieldset
from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from foundation.ui.fields import DayField, ParagraphField
from foundation.ui.layout import Part
from meetings.forms.materials import GivenForm
from meetings.forms.meetings import moment
from reports.formats.filed import Old
from reports.forms import OnReportForm

FILE_HELP = gettext_lazy(
    "公開したときのファイル（PDF、Wordなど）。50MBまで。パスワードやマクロのあるファイルは登録できません。"
)

ANOTHER = gettext_lazy("差し替えるときだけ選んでください。選ばないときは、今のファイルのままです。")


class FiledForm(GivenForm):
    kind = None  # type: ignore[assignment]
    url = None  # type: ignore[assignment]
    held_on = DayField(label=gettext_lazy("開催日"), widget=forms.DateInput())
    starts = forms.TimeField(label=gettext_lazy("開会時刻"), widget=forms.TimeInput())
    ends = forms.TimeField(label=gettext_lazy("閉会時刻"), widget=forms.TimeInput())
    building = forms.CharField(label=gettext_lazy("建物"), max_length=100, required=False)
    room = forms.CharField(label=gettext_lazy("部屋"), max_length=100, required=False)
    title = forms.CharField(
        label=gettext_lazy("標題"), max_length=200, help_text=gettext_lazy("例：第1回総合計画審議会 会議録")
    )
    text = ParagraphField(
        label=gettext_lazy("本文"),
        max_length=100_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=gettext_lazy(
            "貼り付けると、ページで読め、キーワードで探せるようになります。空欄でも構いません。"
        ),
    )
    submit_label = gettext_lazy("登録して公開する")
    about = ("held_on", "starts", "ends", "building", "room")
    told = ("title", "file", "text")
    layout: tuple[Part, ...] = (
        Fieldset(gettext_lazy("会議"), "number", *about),
        Fieldset(gettext_lazy("会議録"), *told),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = FILE_HELP

    def clean(self) -> dict[str, Any]:
        """When it was held as two moments, the report as one thing."""
        cleaned = super(GivenForm, self).clean()
        day, starts, ends = (cleaned.pop(name, None) for name in ("held_on", "starts", "ends"))
        if starts and ends and ends <= starts:
            self.add_error("ends", _("閉会時刻は開会時刻より後にしてください。"))
        cleaned |= {"held_from": moment(day, starts), "held_to": moment(day, ends)}
        words = {name: cleaned.pop(name, None) for name in self.told}
        cleaned["old"] = Old(title=words["title"] or "", text=words["text"] or "", file=words["file"])
        return cleaned


class FileReportForm(FiledForm):
    number = forms.IntegerField(label=gettext_lazy("回"), min_value=1, max_value=999)


class CorrectFiledForm(OnReportForm, FiledForm):
    correction = forms.CharField(
        label=gettext_lazy("訂正箇所"),
        max_length=500,
        help_text=gettext_lazy("公開ページの先頭に「一部訂正（訂正箇所：…）」と表示します。"),
    )
    submit_label = gettext_lazy("訂正して公開する")
    layout = (
        "shown",
        Fieldset(gettext_lazy("会議"), *FiledForm.about),
        Fieldset(gettext_lazy("会議録"), *FiledForm.told, "correction"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _(
            "差し替えるときだけ選んでください。選ばないときは、今のファイルのままです。"
        )
