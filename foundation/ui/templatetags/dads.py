"""What the templates in templates/dads/ ask about a field."""

import os
from typing import TYPE_CHECKING

from django import forms, template
from django.forms.boundfield import BoundField, BoundWidget

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

register = template.Library()


@register.filter
def kind(field: BoundField) -> str:
    """Which template shows the field. CheckboxSelectMultiple first: Django derives it from RadioSelect."""
    widget = field.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, forms.CheckboxSelectMultiple):
        return "checkboxes"
    if isinstance(widget, forms.RadioSelect):
        return "radios"
    kinds = {
        forms.CheckboxInput: "checkbox",
        forms.Select: "select",
        forms.Textarea: "textarea",
        forms.FileInput: "file",
    }
    return next((kind for cls, kind in kinds.items() if isinstance(widget, cls)), "input")


@register.simple_tag
def dads_widget(field: BoundField) -> str:
    """The control alone. `maxlength` goes: a browser that cuts a pasted text says nothing about it."""
    widget = field.field.widget
    classes = f"dads-{kind(field)} {widget.attrs.get('class', '')}".strip()
    attrs: dict[str, str | bool] = {"class": classes, "maxlength": False}
    if isinstance(widget, forms.Textarea):
        attrs["data-max"] = getattr(field.field, "max_length", None) or False
    if isinstance(widget, forms.ClearableFileInput):
        # Uploads have no address of their own, and taking one away is an action with its own button.
        return field.as_widget(forms.FileInput(attrs=widget.attrs), attrs)
    return field.as_widget(attrs=attrs)


@register.filter
def choice_hint(field: BoundField, choice: BoundWidget) -> "StrOrPromise":
    """The second line of a choice, from the form's `choice_hints`."""
    hints = getattr(field.form, "choice_hints", {}).get(field.name, {})
    return hints.get(str(choice.data["value"]), "")


@register.filter
def choice_group(field: BoundField, choice: BoundWidget) -> "StrOrPromise":
    """What stands above a choice and those after it, from the form's `choice_groups`."""
    groups = getattr(field.form, "choice_groups", {}).get(field.name, {})
    return groups.get(str(choice.data["value"]), "")


@register.filter
def file_name(field: BoundField) -> str:
    """The file that is there already; nothing for a fresh upload that failed."""
    return os.path.basename(getattr(field.initial, "name", "") or "")  # noqa: PTH119 - a name, not a path
