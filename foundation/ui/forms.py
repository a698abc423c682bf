"""How every form of the portal looks and behaves; a form itself is only its fields and its words."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.db.models import QuerySet
from django.forms.models import model_to_dict
from django.forms.widgets import DateTimeBaseInput
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from foundation.actions import Conflict
from foundation.ui.differences import Difference, differences
from foundation.ui.incoming import scan_first
from foundation.ui.layout import Button, Part, branches

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

CHOOSE, NOTHING = _("選択してください"), _("選択しない")
REPLACE = _("この画面の入力内容に置き換える")
DJANGOS_REQUIRED = forms.Field.default_error_messages["required"]


class Portal(forms.BaseForm):
    """The part that PortalForm and PortalModelForm share."""

    submit_label: "StrOrPromise" = _("保存する")
    extra_buttons: tuple[Button, ...] = ()
    layout: tuple[Part, ...] = ()
    choice_hints: "Mapping[str, Mapping[str, StrOrPromise]]" = {}
    # Of a field its choices, by value, with what stands above those of a group.
    choice_groups: "Mapping[str, Mapping[str, StrOrPromise]]" = {}
    method = "post"
    autosave_url = ""
    # Beside the buttons, until the script says something newer there.
    form_status: "StrOrPromise" = ""
    data: Any
    show_requirement = True
    # Where somebody else wrote meanwhile: what stands there beside what was typed, field by field.
    conflict: list[Difference] | None = None
    # Of the page that shows this form.
    status = 200
    # Errors come from the server, in our words and with a summary, instead of the browser's bubbles.
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.name_fields()
        for field in self.fields.values():
            ask_in_words(field)
            name_the_blank(field)
            use_the_pickers(field.widget)
            if isinstance(field, forms.FileField):
                scan_first(field)

    def name_fields(self) -> None:
        """Where the fields are a library's: our labels, before they are asked for by them."""

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.layout = Layout(*(self.layout or self.fields))
        helper.render_hidden_fields = True
        helper.form_method = self.method
        helper.show_requirement = self.show_requirement
        helper.autosave_url = self.autosave_url
        helper.form_status = self.form_status
        helper.inputs = [Button(self.submit_label), *self.extra_buttons]
        return helper

    def meet(self, conflict: Conflict) -> None:
        """Show both texts. Whoever sends the page again has seen what stands there, and replaces it."""
        stored = conflict.stored
        self.conflict = differences(self, self.shown_of(stored) if stored else {})
        self.sent_again_with(seen=str(stored.version if stored else 0))
        self.submit_label = REPLACE
        self.status = 409
        self.add_error(None, str(conflict))

    def sent_again_with(self, **hidden: str) -> None:
        """The same page, sent once more, says this in its hidden fields."""
        self.data = {**self.data} if not isinstance(self.data, QueryDict) else self.data.copy()
        for name, value in hidden.items():
            self.data[self.add_prefix(name)] = value

    def shown_of(self, stored: Any) -> dict[str, Any]:
        """What this form would show of the row as it stands now, in the shape of `initial`."""
        return model_to_dict(stored)

    def clean(self) -> dict[str, Any]:
        """What a Branch does not ask is neither judged nor kept, whatever was sent."""
        cleaned = super().clean() or self.cleaned_data
        for branch in branches(self.layout):
            for name in branch.hidden_names(cleaned.get(branch.field)):
                cleaned[name] = self.fields[name].to_python(None)
                self.errors.pop(name, None)
        return cleaned


class Asking(Portal):
    """Asks once about what may be stored and is probably a slip: the same page, sent once more, means it."""

    questions: list[str]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = []
        self.fields["meant"] = forms.CharField(widget=forms.HiddenInput, required=False)

    def doubts(self) -> Iterator[str]:
        """Sentences about what was typed, in `self.cleaned_data` (and `self.instance`)."""
        raise NotImplementedError

    def is_valid(self) -> bool:
        return super().is_valid() and not self.questions

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.meant = cleaned.pop("meant", "")
        return cleaned

    def full_clean(self) -> None:
        """Nothing is asked while something is wrong."""
        super().full_clean()
        if not self.is_bound or self.errors:
            return
        doubts = list(self.doubts())
        shown = "".join(doubts)
        if doubts and self.meant != shown:
            self.questions = doubts
            self.sent_again_with(meant=shown)


class PortalForm(Portal, forms.Form):
    pass


class PortalModelForm(Portal, forms.ModelForm):
    pass


def seen_field() -> forms.IntegerField:
    """Hidden: the version of the row that the page showed. A form has it as `seen`."""
    lost = _("この画面の情報が足りません。ページを開き直して、もう一度操作してください。")
    messages = dict.fromkeys(["required", "invalid", "min_value", "max_value"], lost)
    return forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1, error_messages=messages)


class ShownForm(PortalForm):
    """Decides on what its page shows: sends the hash of that. `other_now` says that it is another meanwhile."""

    shown = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    other_now: "StrOrPromise"

    def meet(self, conflict: Conflict) -> None:
        """The page shows what stands there now beside this form; sending it again is a decision on that."""
        self.sent_again_with(shown=conflict.stored)
        self.status = 409
        self.add_error(None, self.other_now)


class EditForm(PortalModelForm):
    """Makes a row, or writes over one: then the page says which version of it it showed."""

    seen = seen_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            del self.fields["seen"]
        else:
            self.initial["seen"] = self.instance.version


class AskingForm(Asking, EditForm):
    pass


class PortalFormSet(forms.BaseFormSet):
    """Several forms of one kind in one <form>; each stands under its number."""

    submit_label = _("保存する")

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.inputs = [Button(self.submit_label)]
        return helper


def choose_from(form: forms.BaseForm, **rows: QuerySet[Any]) -> None:
    """What its fields let somebody choose."""
    for name, choice in rows.items():
        field = form.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = choice


def ask_in_words(field: forms.Field) -> None:
    """「氏名を入力してください。」 in place of 「このフィールドは必須です。」, unless the form says it better."""
    if not field.label or field.error_messages.get("required") != DJANGOS_REQUIRED:
        return
    if isinstance(field.widget, forms.CheckboxInput):
        sentence = _("「%(label)s」にチェックを入れてください。")
    elif isinstance(field.widget, forms.Select | forms.RadioSelect | forms.FileInput):
        sentence = _("%(label)sを選択してください。")
    else:
        sentence = _("%(label)sを入力してください。")
    field.error_messages["required"] = sentence % {"label": field.label}


def name_the_blank(field: forms.Field) -> None:
    """A blank choice says what it means; a question that must be answered by radios has none."""
    radios = isinstance(field.widget, forms.RadioSelect)
    word = CHOOSE if field.required else NOTHING
    drop = radios and field.required
    if isinstance(field, forms.ModelChoiceField):
        if field.empty_label is not None:
            field.empty_label = None if drop else word
    elif isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        field.choices = [
            (value, word if value in ("", None) and label == "---------" else label)
            for value, label in choices
            if not (drop and value in ("", None))
        ]


def use_the_pickers(widget: forms.Widget) -> None:
    """The browser's own calendar and clock; portal.js writes the Japanese year beside them."""
    pickers: dict[type[forms.Widget], tuple[str, str]] = {
        forms.DateTimeInput: ("datetime-local", "%Y-%m-%dT%H:%M"),
        forms.DateInput: ("date", "%Y-%m-%d"),
        forms.TimeInput: ("time", "%H:%M"),
    }
    if isinstance(widget, DateTimeBaseInput) and type(widget) in pickers:
        widget.input_type, widget.format = pickers[type(widget)]
