"""Whether citizens may listen."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.ui.fields import ParagraphField
from foundation.ui.forms import PortalForm, seen_field
from foundation.ui.layout import Branch, When
from meetings.models import Meeting
from meetings.states import TOLD_BEFORE, WITH_REASON, Openness

NAMES = ("openness", "openness_reason", "observer_seats", "observing_how", "public_notice_days")


class OpennessForm(PortalForm):
    seen = seen_field()
    openness = forms.ChoiceField(label=_("会議の公開"), choices=Openness, widget=forms.RadioSelect)
    openness_reason = forms.CharField(
        label=_("公開しない理由"), max_length=200, help_text=_("例：個人に関する情報を審議するため")
    )
    observer_seats = forms.IntegerField(
        label=_("傍聴の定員"), min_value=0, max_value=9999, required=False, help_text=_("決めていないときは空欄")
    )
    observing_how = ParagraphField(
        label=_("傍聴の手続"),
        max_length=500,
        required=False,
        help_text=_("例：開会の30分前から、会場の受付で先着順に受け付けます。"),
    )
    public_notice_days = forms.IntegerField(
        label=_("公表を始める日（開催日の何日前）"), min_value=0, max_value=90, initial=7
    )

    layout = (
        Branch(
            "openness",
            When([*WITH_REASON], "openness_reason"),
            When([*TOLD_BEFORE], "observer_seats", "observing_how", "public_notice_days"),
        ),
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, initial=self.shown_of(meeting) | {"seen": meeting.version}, **kwargs)

    def shown_of(self, stored: Any) -> dict[str, Any]:
        return {name: getattr(stored, name) for name in NAMES}

    def clean(self) -> dict[str, Any]:
        """How long before is kept where nobody is told."""
        cleaned = super().clean()
        if cleaned.get("public_notice_days") is None:
            cleaned.pop("public_notice_days", None)
        return cleaned
