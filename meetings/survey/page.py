"""The form that a member answers on one page: one choice is required, all else may stay empty."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from foundation.ui.fields import ParagraphField
from foundation.ui.forms import Asking, PortalForm, seen_field
from foundation.ui.layout import Button
from meetings.models import Reply
from meetings.states import Mode
from meetings.survey.content import Questionnaire, content_of
from meetings.survey.section import Content
from meetings.survey.sections import SECTIONS
from members import names

# What one page alone knows: its key, and that it has asked already. A draft has neither.
OF_ONE_PAGE = {"key", "meant"}


class ReplyForm(Asking, PortalForm):
    data: QueryDict

    key = forms.UUIDField(widget=forms.HiddenInput)
    seen = seen_field()

    action = ""
    submit_label = _("回答を送信する")
    extra_buttons: tuple[Button, ...] = (Button(_("下書きを保存する"), "draft", kind="outline"),)

    def __init__(self, *args: Any, asks: Questionnaire, last_mode: str = "", **kwargs: Any) -> None:
        self.asks = asks
        own = {**self.base_fields, **self._fields_of_sections()}
        self.base_fields = own  # type: ignore[misc]  # Django copies the instance's own
        self.choice_hints = {name: hint for section, what in asks for name, hint in section.hints(what).items()}
        super().__init__(*args, **kwargs)
        if last_mode:
            self.fields["mode"].help_text = _("前回：%s") % Mode(last_mode).label
        self.layout = tuple(self._parts())

    def _fields_of_sections(self) -> dict[str, forms.Field]:
        return {name: field for section, asked in self.asks for name, field in section.fields(asked).items()}

    def _parts(self) -> list[Any]:
        """Section by section; what several share stands once, below the last of them."""
        shared = {name: section for section, asked in self.asks for name in section.closing(asked)}
        found: list[Any] = []
        for section, asked in self.asks:
            found += section.layout(self, asked)
            found += [name for name, last in shared.items() if last is section]
        return found

    @property
    def helper(self) -> Any:
        """To the address of this very meeting, wherever the page was opened."""
        helper = super().helper
        helper.form_action = self.action
        return helper

    def shown_of(self, stored: Reply) -> dict[str, Any]:
        return initial_of(content_of(stored), stored.version)

    def doubts(self) -> Iterator[str]:
        yield from names.doubts(self.cleaned_data.get("substitute_name", ""))

    def content(self) -> Content:
        return {section.kind: section.part_of(self.cleaned_data, asked) for section, asked in self.asks}


class DeskReplyForm(ReplyForm):
    """The same page for the desk that writes down what it was told."""

    submit_label = _("事務局が回答を入力する")
    extra_buttons = ()


def initial_of(content: Content | None, version: int) -> dict[str, Any]:
    """The stored reply as the form shows it, with a fresh key: one page, one key."""
    values: dict[str, Any] = {"key": uuid4(), "seen": version}
    for kind, part in (content or {}).items():
        values |= SECTIONS[kind].initial(part)
    return values


def typed_in(form: ReplyForm) -> dict[str, list[str]]:
    """What stands in the sent form, as typed, for a draft: also what would be refused."""
    data = {name: form.data.getlist(name) for name in form.fields if name in form.data}
    return {name: values for name, values in data.items() if name not in OF_ONE_PAGE}


def initial_of_draft(data: dict[str, list[str]], asks: Questionnaire) -> dict[str, Any]:
    """A draft as the form shows it, with a fresh key."""
    fields = ReplyForm(asks=asks).fields.items()
    several = {name for name, field in fields if isinstance(field, forms.MultipleChoiceField)}
    values = {name: found if name in several else found[-1] for name, found in data.items() if found}
    return values | {"key": uuid4()}


def texts_in(data: dict[str, list[str]], form: ReplyForm) -> list[tuple[str, str]]:
    """The sentences of a draft that another reply has overtaken, each with its label."""
    texts = [(str(field.label), data.get(name, [""])[-1]) for name, field in form.fields.items() if is_text(field)]
    return [(label, text) for label, text in texts if text]


def is_text(field: forms.Field) -> bool:
    return type(field) in {forms.CharField, ParagraphField} and not field.widget.is_hidden
