"""The form that a member answers on one page: one choice is required, all else may stay empty."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any
from uuid import uuid4

from crispy_forms.layout import Div, Fieldset
from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from foundation.ui.forms import Asking, PortalForm, seen_field
from foundation.ui.layout import Button, Disclosure, Shown
from meetings.models import MaterialVersion, Reply
from meetings.states import Mode
from meetings.survey.content import Questionnaire, content_of
from meetings.survey.section import Content
from meetings.survey.sections import SECTIONS
from meetings.survey.sections.attendance import LAST_TIME
from meetings.timetable import timetable
from members import names

# What one page alone knows: its key, and that it has asked already. A draft has neither.
OF_ONE_PAGE = {"key", "meant"}


class ReplyForm(Asking, PortalForm):
    data: QueryDict

    key = forms.UUIDField(widget=forms.HiddenInput)
    seen = seen_field()

    action = ""
    submit_label = gettext_lazy("回答を送信する")

    def __init__(
        self,
        *args: Any,
        asks: Questionnaire,
        last_mode: str = "",
        introduction_url: Callable[[Any], str] | None = None,
        handouts: Sequence[MaterialVersion] = (),
        **kwargs: Any,
    ) -> None:
        self.handouts = handouts
        self.asks, self.introduction_url = asks, introduction_url or self.sheet_url
        own = {**self.base_fields, **self._fields_of_sections()}
        self.base_fields = own  # type: ignore[misc]  # Django copies the instance's own
        self.choice_hints = (
            {"mode": {last_mode: LAST_TIME[Mode(last_mode)]}} if last_mode and "mode" in own else {}
        )
        super().__init__(*args, **kwargs)
        self.layout = tuple(self._parts())

    def _fields_of_sections(self) -> dict[str, forms.Field]:
        return {name: field for section, asked in self.asks for name, field in section.fields(asked).items()}

    def _parts(self) -> list[Any]:
        """Section by section; what several share stands once, below the last of them."""
        shared = {name: section for section, asked in self.asks for name in section.closing(asked)}
        found: list[Any] = []
        for section, asked in self.asks:
            found += section.layout(self, asked)
            found += [Div(name, css_class="answer__consent") for name, last in shared.items() if last is section]
        return [
            *found,
            *(part for section, asked in self.asks for part in section.foot(self, asked)),
            *self.read_last(),
        ]

    def read_first(self) -> list[Any]:
        """What it is about, folded: the choice above it is what most people come for."""
        if self.asks.survey.meeting.is_written:
            return self._papers()
        items = self.asks.survey.meeting.agenda
        title = _("議題（%s件）") % len(items) if items else _("議題")
        slots = timetable(self.asks.survey.meeting, items)
        agenda = Disclosure(title, Shown("meetings/_agenda.html", items=slots, handouts=self.handouts))
        if not self.handouts:
            return [agenda]
        materials = Shown("meetings/_materials.html", handouts=self.handouts)
        return [agenda, Disclosure(_("資料（%s件）") % len(self.handouts), materials)]

    def _papers(self) -> list[Any]:
        """Of a meeting in writing the papers are all that there is to go by: they stand open."""
        materials = Shown("meetings/_materials.html", handouts=self.handouts)
        return [Fieldset(_("資料"), materials)] if self.handouts else []

    def read_last(self) -> list[Any]:
        keep = Div(Button(_("下書きを保存する"), "draft", kind="outline"), css_class="answer__keep")
        return [self.read_of_privacy(), Shown("meetings/_own_device.html"), keep]

    def read_of_privacy(self) -> Disclosure:
        privacy = Shown("meetings/_privacy.html", group=self.asks.survey.meeting.group)
        return Disclosure(_("利用目的・見られる人・保存期間"), privacy)

    @property
    def helper(self) -> Any:
        """To the address of this very meeting, wherever the page was opened."""
        helper = super().helper
        helper.form_action = self.action
        return helper

    def sheet_url(self, person: Any) -> str:
        """Where somebody's sheet is read, of whom there are too many for the page."""
        return reverse("members:sheet", args=[self.asks.survey.meeting.group.slug, person.sheet.pk])

    def shown_of(self, stored: Reply) -> dict[str, Any]:
        return initial_of(content_of(stored), stored.version)

    def doubts(self) -> Iterator[str]:
        yield from names.doubts(self.cleaned_data.get("substitute_name", ""))

    def content(self) -> Content:
        return {section.kind: section.part_of(self.cleaned_data, asked) for section, asked in self.asks}


class DeskReplyForm(ReplyForm):
    """The same questions for the desk that writes down what it was told."""

    submit_label = gettext_lazy("事務局が回答を入力する")

    def read_first(self) -> list[Any]:
        return []

    def read_last(self) -> list[Any]:
        return []


class PreviewForm(ReplyForm):
    """As its person would see it. It can be filled in, and leads nowhere: nothing is sent, and nothing kept."""

    @property
    def helper(self) -> Any:
        helper = super().helper
        helper.form_tag = False
        helper.disable_csrf = True
        helper.inputs = []
        return helper

    def read_last(self) -> list[Any]:
        return [self.read_of_privacy()]


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


def as_sent(data: dict[str, list[str]], version: int) -> QueryDict:
    """A draft as if it came from a page that showed this version of the reply."""
    sent = QueryDict(mutable=True)
    for name, values in {**data, "key": [str(uuid4())], "seen": [str(version)]}.items():
        sent.setlist(name, values)
    return sent


def words_in(data: dict[str, list[str]], asks: Questionnaire) -> list[tuple[str, str]]:
    """All that was typed and chosen, right or wrong, as label and text: to be read and copied."""
    return [
        (label, text)
        for section, asked in asks
        for name, label in section.labels(asked).items()
        if (text := _text_of(section.told_fields(asked)[name], data.get(name, [])))
    ]


def _text_of(field: forms.Field, values: list[str]) -> str:
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        chosen = {str(value): str(label) for value, label in choices}
        return "、".join(chosen.get(value, value) for value in values)
    if isinstance(field, forms.BooleanField):
        return _("はい") if any(values) else ""
    return values[-1] if values else ""
