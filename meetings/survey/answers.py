"""How one of the desk's own questions is asked, kept and read, by the kind of its answer."""

import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.calendar import wareki
from foundation.ui.fields import DayField, ParagraphField
from meetings.models import SurveyField
from meetings.states import FieldKind

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# A text, the texts that were ticked, or nothing.
Value = str | list[str]
TEXT_LENGTH, PARAGRAPH_LENGTH, DIGITS = 200, 1000, 15


class NumberField(forms.DecimalField):
    """A number as an office types it: full-width figures, and commas between the thousands."""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = unicodedata.normalize("NFKC", value).replace(",", "").replace("−", "-").strip()
        return super().to_python(value)


class TypedDayField(DayField):
    """A text box: the office writes days in more ways than a calendar offers. What is stored is shown in one."""

    widget = forms.TextInput

    def prepare_value(self, value: Any) -> Any:
        return day_in_words(value) if isinstance(value, str) else value


def form_field(asked: SurveyField, *, by_desk: bool = False) -> forms.Field:
    """The desk, which was told something by telephone, need not have asked for all of it."""
    words = {"label": asked.label, "help_text": asked.help_text, "required": asked.is_required and not by_desk}
    return MAKERS[FieldKind(asked.kind)](asked, words)


def to_store(cleaned: Any) -> Value:
    """What a form has read, as JSON keeps it; empty where nothing was said."""
    if isinstance(cleaned, list):
        return [str(each) for each in cleaned]
    if isinstance(cleaned, Decimal):
        return format(cleaned, "f")
    return cleaned.isoformat() if isinstance(cleaned, date) else str(cleaned or "")


def in_words(asked: SurveyField, value: Value) -> str:
    if isinstance(value, list):
        return "、".join(value)
    return day_in_words(value) if asked.kind == FieldKind.DATE else value


def day_in_words(stored: str) -> str:
    """What is no day as it is stored, stays as it was typed."""
    try:
        return wareki.date(date.fromisoformat(stored))
    except ValueError:
        return stored


def _text(asked: SurveyField, words: dict[str, Any]) -> forms.Field:
    return forms.CharField(max_length=TEXT_LENGTH, **words)


def _paragraph(asked: SurveyField, words: dict[str, Any]) -> forms.Field:
    return ParagraphField(max_length=PARAGRAPH_LENGTH, **words)


def _one(asked: SurveyField, words: dict[str, Any]) -> forms.Field:
    blank = [] if words["required"] else [("", "---------")]
    choices = [*blank, *((option, option) for option in asked.options)]
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, error_messages=_choose_anew(), **words)


def _several(asked: SurveyField, words: dict[str, Any]) -> forms.Field:
    choices = [(option, option) for option in asked.options]
    widget = forms.CheckboxSelectMultiple
    required = {"required": _("一つ以上選択してください。")}
    return forms.MultipleChoiceField(
        choices=choices, widget=widget, error_messages=_choose_anew() | required, **words
    )


def _number(asked: SurveyField, words: dict[str, Any]) -> forms.Field:
    widget = forms.TextInput(attrs={"inputmode": "decimal"})
    messages = {"invalid": _("数字で入力してください。例：12")}
    return NumberField(max_digits=DIGITS, widget=widget, error_messages=messages, **words)


def _date(asked: SurveyField, words: dict[str, Any]) -> forms.Field:
    return TypedDayField(
        **words | {"help_text": words["help_text"] or _("例：令和8年12月4日、R8.12.4、2026/12/4")}
    )


def _choose_anew() -> "dict[str, StrOrPromise]":
    """The desk put its choices in other words while somebody typed."""
    gone = _("選択肢が変わりました。選び直してください。")
    return {"invalid_choice": gone}


MAKERS: Mapping[FieldKind, Any] = {
    FieldKind.TEXT: _text,
    FieldKind.PARAGRAPH: _paragraph,
    FieldKind.ONE: _one,
    FieldKind.SEVERAL: _several,
    FieldKind.NUMBER: _number,
    FieldKind.DATE: _date,
}
