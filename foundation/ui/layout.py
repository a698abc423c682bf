"""What stands between the fields of a form: buttons, folds, and fields that depend on a choice."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeAlias

from crispy_forms.layout import Div, LayoutObject
from crispy_forms.utils import TEMPLATE_PACK
from django.forms import BaseForm
from django.template import Context
from django.template.loader import render_to_string

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# The name of a field, or one of crispy's layout objects.
Part: TypeAlias = str | LayoutObject


class Button:
    """A button of the form. `name` only where the view asks which one was pressed; `at`: the place it leads to."""

    def __init__(
        self,
        label: "StrOrPromise",
        name: str = "",
        value: str | None = "1",
        *,
        kind: str = "solid-fill",
        at: str = "",
    ) -> None:
        self.label, self.name, self.value, self.kind, self.at = label, name, value, kind, at

    def render(self, form: BaseForm, context: Context, template_pack: str = TEMPLATE_PACK, **kwargs: Any) -> str:
        return render_to_string("dads/layout/button.html", {"button": self})


class Shown(LayoutObject):
    """Something to read between the fields: a template, which knows what the page knows and these values."""

    def __init__(self, template: str, **values: Any) -> None:
        self.template, self.values = template, values
        self.fields: list[Part] = []

    def render(self, form: BaseForm, context: Context, template_pack: str = TEMPLATE_PACK, **kwargs: Any) -> str:
        known: dict[Any, Any] = context.flatten()
        return render_to_string(self.template, {**known, **self.values})


class Disclosure(LayoutObject):
    """Folded fields under a summary; unfolded by itself where something in it is wrong or filled in."""

    def __init__(
        self,
        summary: "StrOrPromise",
        *fields: Part,
        note: "StrOrPromise" = "",
        intro: "StrOrPromise" = "",
        badge: "StrOrPromise" = "",
    ) -> None:
        self.summary, self.fields = summary, list(fields)
        self.note, self.intro, self.badge = note, intro, badge

    def render(self, form: BaseForm, context: Context, template_pack: str = TEMPLATE_PACK, **kwargs: Any) -> str:
        inside = [form[pointer.name] for pointer in self.get_field_names()]
        values = {
            "disclosure": self,
            "fields": self.get_rendered_fields(form, context, template_pack, **kwargs),
            "open": any(field.errors or field.value() for field in inside),
        }
        return render_to_string("dads/layout/disclosure.html", values)


class When(Div):
    """Inside a Branch: fields asked only when one of `values` is chosen."""

    template = "dads/layout/when.html"

    def __init__(self, values: str | bool | Iterable[str], *fields: Part) -> None:
        super().__init__(*fields)
        self.values = {str(value) for value in ([values] if isinstance(values, str | bool) else values)}

    @property
    def names(self) -> list[str]:
        return [pointer.name for pointer in self.get_field_names()]


class Branch(LayoutObject):
    """A field with choices and, below it, what each choice asks further.

    Shown and hidden by the style sheet alone; PortalForm neither judges nor keeps what is hidden.

        Branch("mode", When("absent", "written_opinion"), When(["venue", "online"], "substitute"))
    """

    def __init__(self, field: str, *whens: When) -> None:
        self.field, self.whens = field, whens
        self.fields = [field, *whens]

    def render(self, form: BaseForm, context: Context, template_pack: str = TEMPLATE_PACK, **kwargs: Any) -> str:
        for when in self.whens:
            when.places = " ".join(str(place) for place in self.places(form, when))
        html = self.get_rendered_fields(form, context, template_pack, **kwargs)
        return render_to_string("dads/layout/branch.html", {"fields": html})

    def places(self, form: BaseForm, when: When) -> list[int]:
        """The positions of the When's values among the choices; a single checkbox has one position."""
        choices = getattr(form.fields[self.field], "choices", [(True, "")])
        return [place for place, (value, _label) in enumerate(choices, 1) if str(value) in when.values]

    def hidden_names(self, chosen: Any) -> list[str]:
        """The fields that the choice does not ask for. `chosen` is one value or, of checkboxes, a list."""
        chosen = {str(value) for value in (chosen if isinstance(chosen, list | tuple) else [chosen])}
        asked = {name for when in self.whens if chosen & set(when.values) for name in when.names}
        return [name for when in self.whens for name in when.names if name not in asked]


def branches(parts: Iterable[Part]) -> Iterator[Branch]:
    """Every Branch of a layout, however deep."""
    for part in parts:
        if isinstance(part, Branch):
            yield part
        yield from branches(getattr(part, "fields", ()))
