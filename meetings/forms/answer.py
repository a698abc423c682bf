"""The form that a member answers on one page: one choice is required, all else may stay empty."""

from typing import cast
from uuid import uuid4

from crispy_forms.layout import Fieldset, LayoutObject
from crispy_forms.utils import TEMPLATE_PACK
from django import forms
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from foundation.ui.fields import ParagraphField
from foundation.ui.forms import PortalForm
from foundation.ui.layout import Branch, Button, Disclosure, When
from meetings.given import Given, Questionnaire
from meetings.states import PRESENT, Mode, SectionKind
from members import names

QUESTION_LENGTH = 200
# What a page knows beside the answers; never part of a draft's text.
PAGE_FIELDS = ("key", "version")


class Introduction(LayoutObject):
    """Somebody's sheet, above the box for a question to them."""

    def __init__(self, person):
        self.person, self.fields = person, []

    def render(self, form, context, template_pack=TEMPLATE_PACK, **kwargs):
        return render_to_string("meetings/_introduction.html", {"sheet": self.person.sheet})


class AnswerForm(PortalForm):
    data: QueryDict

    key = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(min_value=0, max_value=10**6, widget=forms.HiddenInput)
    mode = forms.ChoiceField(
        label=_("出欠"),
        choices=Mode,
        widget=forms.RadioSelect,
        error_messages={"required": _("会場で出席・オンラインで出席・欠席のいずれかを選択してください。")},
    )
    is_substitute = forms.BooleanField(label=_("代理の方が出席する"), required=False)
    substitute_name = forms.CharField(
        label=_("代理の方の氏名"),
        max_length=100,
        error_messages={"required": _("代理で出席する方の氏名を入力してください。")},
    )
    substitute_title = forms.CharField(label=_("代理の方の職名"), max_length=100, required=False)
    arrival_note = forms.CharField(
        label=_("遅れて参加・途中退席"),
        max_length=100,
        required=False,
        help_text=_("例：午後1時30分ごろ参加します。"),
    )
    written_opinion = ParagraphField(
        label=_("書面意見"),
        max_length=2000,
        required=False,
        help_text=_("欠席される方は、議題への御意見を書面でお寄せいただけます。"),
    )
    note = ParagraphField(label=_("事務局への連絡"), max_length=400, required=False)
    themes = forms.TypedMultipleChoiceField(
        label=_("取り上げたいテーマ"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("いくつでも選べます。"),
    )
    proposal = forms.CharField(label=_("その他のテーマ"), max_length=100, required=False)
    show_name = forms.BooleanField(
        label=_("質問に名前を出してよい"),
        required=False,
        help_text=_("チェックを入れないときは、質問した方の名前は事務局だけが見ます。"),
    )

    action = ""
    submit_label = _("回答を送信する")
    extra_buttons: tuple = (Button(_("下書きを保存する"), "draft", kind="outline"),)

    def __init__(self, *args, asks: Questionnaire, last_mode="", **kwargs):
        super().__init__(*args, **kwargs)
        self.asks = asks
        self.choice_hints = {
            "mode": {
                Mode.VENUE: asks.survey.meeting.place,
                Mode.ONLINE: _("接続先（URL）は、送信した後の控えのページに表示します。"),
            }
        }
        if last_mode:
            self.fields["mode"].help_text = _("前回：%s") % Mode(last_mode).label
        for person in asks.people:
            self.fields[f"person_{person.pk}"] = question_field(_("質問"))
        for talk in asks.talks:
            self.fields[f"talk_{talk.pk}"] = question_field(name_of_talk(talk))
        themes = cast("forms.ChoiceField", self.fields["themes"])
        themes.choices = [(theme.pk, theme.title) for theme in asks.themes]
        self.layout = tuple(self._parts())
        self._forget_what_is_not_asked()

    def _parts(self):
        allowed = self.asks.survey.meeting.group.substitutes_allowed
        substitute = (
            [Branch("is_substitute", When(True, "substitute_name", "substitute_title"))] if allowed else []
        )
        yield Branch("mode", When(PRESENT, *substitute, "arrival_note"), When(Mode.ABSENT, "written_opinion"))
        yield "note"
        if self.asks.people:
            summary = _("自己紹介を読んで質問する（%s名）") % len(self.asks.people)
            people = Disclosure(summary, *[self._person(person) for person in self.asks.people])
            yield Fieldset(_("自己紹介への質問"), people)
        if self.asks.talks:
            yield Fieldset(_("話題提供への質問"), *[f"talk_{talk.pk}" for talk in self.asks.talks])
        if self.asks.people or self.asks.talks:
            yield "show_name"
        if SectionKind.THEMES in self.asks.sections:
            yield from ["themes"] if self.asks.themes else []
            yield "proposal"

    def _person(self, person):
        where = names.with_title(person.department_name or "", person.job_title)
        first_line = person.sheet.wants.partition("\n")[0]
        who = f"{person.user}（{where}）" if where else str(person.user)
        name = f"person_{person.pk}"
        badge = _("質問あり") if self[name].value() else ""
        return Disclosure(who, Introduction(person), name, note=first_line, badge=badge)

    @property
    def helper(self):
        """To the address of this very meeting, wherever the page was opened."""
        helper = super().helper
        helper.form_action = self.action
        return helper

    def _forget_what_is_not_asked(self):
        """A field outside the layout would still be judged, and its required ones be missed."""
        asked = {pointer.name for pointer in self.helper.layout.get_field_names()} | set(PAGE_FIELDS)
        for name in set(self.fields) - asked:
            del self.fields[name]

    def given(self) -> Given:
        data = self.cleaned_data
        to_people = self._questions("person_", self.asks.people)
        to_talks = self._questions("talk_", self.asks.talks)
        plain = ("substitute_name", "substitute_title", "arrival_note", "note", "written_opinion", "proposal")
        return Given(
            mode=data["mode"],
            is_substitute=data.get("is_substitute", False),
            to_people=to_people,
            to_talks=to_talks,
            show_name=bool(to_people or to_talks) and data.get("show_name", False),
            themes=frozenset(data.get("themes", [])),
            **{name: data.get(name, "") for name in plain},
        )

    def _questions(self, prefix, targets) -> dict[int, str]:
        texts = {target.pk: self.cleaned_data[f"{prefix}{target.pk}"] for target in targets}
        return {pk: text for pk, text in texts.items() if text}


class DeskAnswerForm(AnswerForm):
    """The same page for the desk that writes down what it was told."""

    submit_label = _("事務局が回答を入力する")
    extra_buttons = ()

    def see(self, version: int):
        """After a conflict the page has seen the newest answer."""
        self.data = self.data.copy()
        self.data["version"] = str(version)


def name_of_talk(talk) -> str:
    """第1回 デジタル化の話（高橋 美咲）"""
    name = _("第%(number)s回 %(title)s") % {"number": talk.meeting.number, "title": talk.title}
    return f"{name}（{talk.presenter.user}）" if talk.presenter else name


def question_field(label):
    return ParagraphField(
        label=label, max_length=QUESTION_LENGTH, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


def initial_of(given: Given | None, version: int) -> dict:
    """The stored answer as the form shows it, with a fresh key: one page, one key."""
    values = {"key": uuid4(), "version": version}
    if given is None:
        return values
    simple = {name: getattr(given, name) for name in AnswerForm.base_fields if hasattr(given, name)}
    people = {f"person_{pk}": text for pk, text in given.to_people.items()}
    talks = {f"talk_{pk}": text for pk, text in given.to_talks.items()}
    return values | simple | people | talks | {"themes": sorted(given.themes)}


def typed_in(form: AnswerForm) -> dict[str, list[str]]:
    """What stands in the sent form, as typed, for a draft: also what would be refused."""
    data = {name: form.data.getlist(name) for name in form.fields if name in form.data}
    return {name: values for name, values in data.items() if name != "key"}


def initial_of_draft(data: dict[str, list[str]]) -> dict:
    """A draft as the form shows it, with a fresh key."""
    values = {name: found if name == "themes" else found[-1] for name, found in data.items() if found}
    return values | {"key": uuid4()}


def texts_in(data: dict[str, list[str]], form: AnswerForm) -> list[tuple[str, str]]:
    """The sentences of a draft that another answer has overtaken, each with its label."""
    texts = [(str(field.label), data.get(name, [""])[-1]) for name, field in form.fields.items() if is_text(field)]
    return [(label, text) for label, text in texts if text]


def is_text(field) -> bool:
    return type(field) in {forms.CharField, ParagraphField}
