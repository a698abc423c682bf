"""What the desk says when it settles a meeting in writing: what the chair decided where votes were equal."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.ui.forms import PortalForm, seen_field
from meetings.in_writing import Decided
from meetings.models import Meeting
from meetings.states import Approval

CASTING = [(Approval.YES, _("承認する（可決）")), (Approval.NO, _("承認しない（否決）"))]


class ConcludeForm(PortalForm):
    seen = seen_field()
    submit_label = _("この結果で決定する")

    def __init__(self, *args: Any, meeting: Meeting, found: Decided, **kwargs: Any) -> None:
        super().__init__(*args, initial={"seen": meeting.version}, **kwargs)
        self.tied = [vote.item for vote in found.votes if vote.carried is None or vote.by_chair]
        for item in self.tied:
            self.fields[f"casting_{item.pk}"] = forms.ChoiceField(
                label=_("「%s」（可否同数）についての議長の決定") % item.title,
                choices=CASTING,
                initial=item.casting_vote,
                widget=forms.RadioSelect,
            )

    def clean(self) -> dict[str, Any]:
        """As the action takes it."""
        cleaned = super().clean()
        casting = {item.pk: cleaned.pop(f"casting_{item.pk}", "") for item in self.tied}
        return cleaned | {"casting": casting}
