from datetime import date
from typing import Any

from crispy_forms.layout import Fieldset
from django import forms
from django.forms.models import model_to_dict
from django.utils.translation import gettext_lazy as _

from foundation.apart import Busy, Died, work
from foundation.ui.fields import DayField, ParagraphField
from foundation.ui.forms import EditForm, PortalForm
from members.forms.fields import AddressField, HalfWidthField
from members.models import ClosedDay, Municipality
from members.models.words import WORDS
from tablecheck import Unreadable, apart

MOST_BYTES = 10 * 1024 * 1024
MOST_DAYS = 100
# Seconds that the page waits for its turn.
PATIENCE = 5
BUSY = _(
    "別のファイルを読み込んでいるため、行政区域のファイルを確認できませんでした。少し待ってから、もう一度登録してください。"
)


class MunicipalityForm(EditForm):
    boundary = forms.FileField(
        label=_("行政区域のファイル"),
        required=False,
        help_text=_(
            "GeoJSON（10MBまで）。緯度・経度が区域外かどうかの確認に使い、公開データの地図に線で表示します。"
            "選ばなければ、登録済みのものをそのまま使います。置き換えても、公開済みのデータは変わりません。"
        ),
    )

    remove_boundary = forms.BooleanField(
        label=_("登録済みの行政区域を削除する"),
        required=False,
        help_text=_("上で新しいファイルを選んだときは、削除ではなく置き換えになります。"),
    )

    class Meta:
        model = Municipality
        fields = [
            "name",
            "prefecture",
            "code",
            "self_word",
            "portal_name",
            "bodies_word",
            "main_phone",
            "contact_section",
            "contact_phone",
            "contact_email",
            "licence",
            *WORDS,
        ]
        field_classes = {
            "code": HalfWidthField,
            "main_phone": HalfWidthField,
            "contact_phone": HalfWidthField,
            "contact_email": AddressField,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outline = ["boundary", "remove_boundary"]
        if not self.instance.boundary:
            del self.fields[outline.pop()]
        words = ("name", "prefecture", "code", "self_word", "portal_name", "bodies_word")
        self.layout = (
            Fieldset(_("団体"), *words, *outline),
            Fieldset(_("お問い合わせ先"), "main_phone", "contact_section", "contact_phone", "contact_email"),
            Fieldset(_("公開するものの利用条件"), "licence"),
            Fieldset(_("新しい会議体に最初に入る呼び方"), *WORDS),
        )

    def shown_of(self, stored: Municipality) -> dict[str, Any]:
        """The boundary is a file here, and nothing to be read side by side."""
        return model_to_dict(stored, fields=self._meta.fields)

    def clean_boundary(self) -> dict[str, Any] | None:
        file = self.cleaned_data["boundary"]
        if not file:
            return None
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("10MBより小さいファイルを選んでください。"))
        try:
            return shape_in(file.read())
        except Unreadable as refusal:
            raise forms.ValidationError(refusal.message) from refusal
        except Busy:
            raise forms.ValidationError(BUSY) from None


def shape_in(content: bytes) -> dict[str, Any]:
    """Read in a child, like every file; whether a boundary can be made of it is tried there."""
    with apart.question(content) as given:
        try:
            answer = work("tablecheck.apart", "shape", given, wait=PATIENCE)
        except Died as death:
            raise apart.died(death.reason) from death
    with answer:
        return apart.first_of(answer)


class DaysField(ParagraphField):
    """A day in each line, in any of the office's spellings."""

    def clean(self, value: Any) -> list[date]:
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if len(lines) > MOST_DAYS:
            raise forms.ValidationError(_("一度に登録できるのは%s日までです。") % MOST_DAYS)
        return [self._day(line) for line in lines]

    @staticmethod
    def _day(line: str) -> date:
        try:
            return DayField().clean(line)
        except forms.ValidationError as refusal:
            raise forms.ValidationError(f"「{line[:20]}」：{refusal.messages[0]}") from refusal


class ClosedDaysForm(PortalForm):
    """One day or many: a list can be pasted, a day in each line."""

    days = DaysField(
        label=_("閉庁日"),
        help_text=_("1行に1日ずつ入力します。例：令和8年11月1日、R8.11.1、2026-11-01"),
    )
    label = ClosedDay._meta.get_field("label").formfield()

    submit_label = _("登録する")
