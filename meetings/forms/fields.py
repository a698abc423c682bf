"""Forms of the desk's own questions."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _, gettext_lazy

from foundation.ui.fields import ParagraphField
from foundation.ui.forms import PortalForm, choose_from, seen_field
from foundation.ui.layout import Branch, Part, When
from meetings.forms.record import PeopleField
from meetings.models import SurveyField
from meetings.models.field import HELP_LENGTH, LABEL_LENGTH
from meetings.states import CHOOSING, FieldKind
from members.models.membership import MembershipQuerySet

MOST_OPTIONS, OPTION_LENGTH = 30, 100


def _label_field() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("設問"), max_length=LABEL_LENGTH, help_text=gettext_lazy("例：昼食の手配")
    )


def _options_field() -> ParagraphField:
    return ParagraphField(
        label=gettext_lazy("選択肢"),
        max_length=MOST_OPTIONS * (OPTION_LENGTH + 1),
        required=False,
        help_text=gettext_lazy("1行に一つずつ入力してください。"),
    )


def _help_field() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("補足"),
        max_length=HELP_LENGTH,
        required=False,
        help_text=gettext_lazy("設問の下に小さく表示します。"),
    )


class FieldForm(PortalForm):
    label = _label_field()
    kind = forms.ChoiceField(
        label=gettext_lazy("答え方"), choices=FieldKind, initial=FieldKind.TEXT, widget=forms.RadioSelect
    )
    options = _options_field()
    help_text = _help_field()
    is_required = forms.BooleanField(
        label=gettext_lazy("必ず答えてもらう"),
        required=False,
        help_text=gettext_lazy("チェックを入れると、答えるまで出欠の回答も送信できません。"),
    )

    layout: tuple[Part, ...] = (
        "label",
        Branch("kind", When([str(kind) for kind in CHOOSING], "options")),
        "help_text",
        "is_required",
    )
    submit_label = gettext_lazy("設問を追加する")

    def clean(self) -> dict[str, Any]:
        """What is chosen from, as a list; of other kinds there is none."""
        cleaned = super().clean()
        kind, typed = cleaned.get("kind"), cleaned.get("options") or ""
        cleaned["options"] = []
        if kind in CHOOSING and "options" not in self.errors:
            try:
                cleaned["options"] = options_in(typed)
            except ValidationError as refusal:
                self.add_error("options", refusal)
        return cleaned


class EditFieldForm(FieldForm):
    seen = seen_field()
    submit_label = gettext_lazy("設問を保存する")

    def shown_of(self, stored: SurveyField) -> dict[str, Any]:
        return as_shown(stored)


class CorrectFieldForm(PortalForm):
    label = _label_field()
    options = _options_field()
    help_text = _help_field()
    reason = forms.CharField(
        label=gettext_lazy("訂正の理由"), max_length=200, help_text=gettext_lazy("例：「希望」の誤字のため")
    )
    seen = seen_field()
    submit_label = gettext_lazy("字句を訂正する")

    def __init__(self, *args: Any, asked: SurveyField, **kwargs: Any) -> None:
        super().__init__(*args, initial=as_shown(asked), **kwargs)
        if not asked.options:
            del self.fields["options"]

    def clean_options(self) -> list[str]:
        return options_in(self.cleaned_data["options"])

    def shown_of(self, stored: SurveyField) -> dict[str, Any]:
        return as_shown(stored)


class PreviewOfForm(PortalForm):
    """Whose form is to be seen."""

    show_requirement = False
    person = PeopleField(label=gettext_lazy("どなたの画面を見るか"), queryset=None)
    submit_label = gettext_lazy("この方の画面を見る")

    def __init__(self, *args: Any, people: MembershipQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, person=people)


def options_in(typed: str) -> list[str]:
    """A line each; the same twice is one."""
    options = list(dict.fromkeys(line.strip() for line in typed.splitlines() if line.strip()))
    if len(options) < 2:
        raise ValidationError(_("選択肢を二つ以上、1行に一つずつ入力してください。"))
    if len(options) > MOST_OPTIONS:
        raise ValidationError(_("選択肢は%s個までにしてください。") % MOST_OPTIONS)
    if too_long := [option for option in options if len(option) > OPTION_LENGTH]:
        said = {"most": OPTION_LENGTH, "option": too_long[0][:20]}
        raise ValidationError(_("選択肢は%(most)s文字以内で入力してください（%(option)s…）。") % said)
    return options


def as_shown(asked: SurveyField) -> dict[str, Any]:
    """The question as its page shows it."""
    return {
        "label": asked.label,
        "kind": asked.kind,
        "options": "\n".join(asked.options),
        "help_text": asked.help_text,
        "is_required": asked.is_required,
        "seen": asked.version,
    }
