"""書面意見: what the absent wrote beforehand, and where in the record it stands."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.ui.forms import PortalForm
from meetings.models import Reply
from meetings.record_lines import LONGEST_LINE, TypedRow
from meetings.states import Point

HEAD = _("欠席者から、書面で次の意見があった。")


class OpinionsForm(PortalForm):
    place: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("記録に追加する場所"), queryset=None, required=False, empty_label=_("連絡事項等")
    )
    opinions = forms.MultipleChoiceField(
        label=_("記録に追加する意見"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("記録に追加する意見を選んでください。")},
    )

    submit_label = _("選んだ意見を記録に追加する")

    def __init__(self, *args: Any, items: Any, wrote: Sequence[Reply], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wrote = {str(reply.pk): reply for reply in wrote}
        place, opinions = self.fields["place"], self.fields["opinions"]
        assert isinstance(place, forms.ModelChoiceField)
        assert isinstance(opinions, forms.MultipleChoiceField)
        place.queryset = items
        opinions.choices = [
            (key, f"{reply.membership.user}：{reply.written_opinion}") for key, reply in self.wrote.items()
        ]
        opinions.initial = list(self.wrote)

    def clean(self) -> dict[str, Any]:
        """As the record takes it: a line above them, and a line for each paragraph, with who wrote it."""
        cleaned = super().clean()
        chosen = [self.wrote[key] for key in cleaned.get("opinions", ())]
        rows = [row for reply in chosen for row in _rows_of(reply)]
        return {"item": cleaned.get("place"), "rows": [TypedRow(Point.POINT, str(HEAD)), *rows]}


def _rows_of(reply: Reply) -> list[TypedRow]:
    lines = [line.strip() for line in reply.written_opinion.splitlines() if line.strip()]
    first = f"・{lines[0]}" if len(lines[0]) < LONGEST_LINE else lines[0]
    return [TypedRow(Point.PLAIN, text, reply.membership_id) for text in (first, *lines[1:])]
