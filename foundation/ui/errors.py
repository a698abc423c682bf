"""A form's errors as one list, as the summary above the heading shows them."""

from typing import NamedTuple

from django.forms import BaseForm, BoundField
from django.forms.formsets import BaseFormSet
from django.forms.utils import ErrorList
from django.utils.translation import gettext


class ErrorItem(NamedTuple):
    label: str
    message: str
    target: str  # the id of the field to go to; empty where there is none


def summary_of(form: BaseForm | BaseFormSet) -> list[ErrorItem]:
    if not form.is_bound:
        return []
    if isinstance(form, BaseFormSet):
        return _of_formset(form)
    return _without_field(form.non_field_errors()) + [item for field in form for item in _of_field(field)]


def _of_formset(formset: BaseFormSet) -> list[ErrorItem]:
    items = _without_field(formset.non_form_errors())
    for number, form in enumerate(formset.forms, 1):
        row = gettext("%(number)s件目") % {"number": number}
        items += [item._replace(label=f"{row} {item.label}".strip()) for item in summary_of(form)]
    return items


def _without_field(errors: ErrorList) -> list[ErrorItem]:
    return [ErrorItem("", str(message), "") for message in errors]


def _of_field(field: BoundField) -> list[ErrorItem]:
    target = "" if field.is_hidden else first_control(field)
    label = str(field.label)
    messages = [str(message) for message in field.errors]
    return [ErrorItem("" if label in message else label, message, target) for message in messages]


def first_control(field: BoundField) -> str:
    """The id to jump to: of a group of choices the first, because the group itself takes no focus."""
    return field.id_for_label or f"{field.auto_id}_0"
