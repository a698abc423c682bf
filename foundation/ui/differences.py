"""Two texts of one form side by side, in the words in which people know them."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.calendar import wareki


class Difference(NamedTuple):
    label: str
    stored: str
    typed: str


def differences(form: forms.BaseForm, stored: dict[str, Any]) -> list[Difference]:
    """Field by field, where the stored value (as `initial` has it) and what was typed read differently."""
    found = []
    for bound in form.visible_fields():
        if bound.name not in stored:
            continue
        there = in_words(bound.field, stored[bound.name])
        here = in_words(bound.field, form.cleaned_data.get(bound.name))
        if there != here:
            found.append(Difference(str(bound.label), there, here))
    return found


def in_words(field: forms.Field, value: Any) -> str:
    """A value as a reader sees it: the label of a choice, a Japanese date, はい or いいえ; nothing is nothing."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("はい") if value else _("いいえ")
    if isinstance(value, dt.datetime):
        return wareki.datetime(timezone.localtime(value))
    if isinstance(value, dt.date):
        return wareki.date(value)
    if isinstance(value, str) or not isinstance(value, Iterable):
        return _labelled(field, value)
    return "、".join(_labelled(field, one) for one in value)


def _labelled(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.ModelChoiceField):
        value = getattr(value, "pk", value)
        row = field.queryset.filter(pk=value).first() if field.queryset is not None else None
        return str(row or value)
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        return str(dict(choices).get(value, value))
    return str(value)
