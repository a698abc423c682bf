"""Asking people whether their words stand right in the report, what they say, and what the desk makes of it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from foundation.ui.fields import DeadlineField, ParagraphField
from foundation.ui.forms import PortalForm, seen_field
from foundation.ui.layout import Branch, Button, Disclosure, Part, Shown, When
from members.models import Membership
from reports.formats.blocks import Block
from reports.forms import OnReportForm
from reports.states import Decision


class AskForWordsForm(PortalForm):
    """`found` tells of each how many passages are theirs: those with any are ticked."""

    closes_at = DeadlineField(label=_("確認の期限"), widget=forms.DateTimeInput)
    people = forms.TypedMultipleChoiceField(
        label=_("確認をお願いする方"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    submit_label = _("確認を依頼する")

    def __init__(self, *args: Any, people: Sequence[Membership], found: dict[int, list[Block]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["people"]
        field.choices = [(one.pk, _named(one, len(found[one.pk]))) for one in people]  # type: ignore[attr-defined]
        field.initial = [one.pk for one in people if found[one.pk]]


def _named(person: Membership, passages: int) -> str:
    said = {"name": person.addressed, "count": passages}
    return gettext("%(name)s（%(count)sか所）") % said if passages else gettext("%(name)s（なし）") % said


class MoveWordsForm(PortalForm):
    closes_at = DeadlineField(label=_("確認の期限"), widget=forms.DateTimeInput)
    seen = seen_field()
    submit_label = _("期限を変更する")


class OwnWordsForm(OnReportForm):
    """Below each passage a box for how it should read; one button says that all is right as it stands."""

    other_now = _(
        "このページを開いた後に、文が変わりました。まだ何も送信していません。今の文を確認して、もう一度操作してください。"
    )
    submit_label = _("このままでよい")
    extra_buttons = (Button(_("修正を申し出る"), "wants", kind="outline"),)
    show_requirement = False

    def __init__(self, *args: Any, passages: Sequence[tuple[int, Block]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys = [block.key for _number, block in passages]
        parts: list[Part] = ["shown"]
        for number, block in passages:
            self.fields[f"words-{block.key}"] = ParagraphField(
                label=gettext("%s番の文の、直した後の全文") % number, max_length=2000, required=False
            )
            summary = gettext("%s番の文を直してほしいとき") % number
            parts += [
                Shown("reports/_passage.html", number=number, block=block),
                Disclosure(summary, f"words-{block.key}"),
            ]
        self.layout = tuple(parts)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        typed = {key: cleaned.pop(f"words-{key}", "") for key in self.keys}
        cleaned["wanted"] = {key: words for key, words in typed.items() if words}
        if self.errors:
            return cleaned
        if cleaned["wanted"] and "wants" not in self.data:
            self.add_error(
                None,
                gettext(
                    "修正の案が入力されています。送るときは「修正を申し出る」を押してください。送らないときは、入力した案を消してください。"
                ),
            )
        if not cleaned["wanted"] and "wants" in self.data:
            self.add_error(None, gettext("直してほしい文の下の欄に、直した後の全文を入力してください。"))
        return cleaned


class DecideOnWordsForm(OnReportForm):
    seen = seen_field()
    decision = forms.ChoiceField(label=_("採否"), choices=Decision.choices, widget=forms.RadioSelect)
    words = ParagraphField(label=_("直した文"), max_length=2000, required=True)
    reason = forms.CharField(
        label=_("採否の理由"),
        max_length=200,
        help_text=_("申し出た方のページに表示します。例：発言のとおりであるため"),
    )
    submit_label = _("採否を記録する")
    layout = ("shown", "seen", Branch("decision", When(Decision.ADOPTED, "words")), "reason")
