"""What a meeting decided that the roster and the data sets follow: elections and assignments."""

import datetime as dt
from typing import Any

from crispy_forms.layout import Fieldset, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from foundation.calendar.wareki import TOKYO
from foundation.calendar.workdays import CLOSING_TIME
from foundation.ui.fields import DayField, ParagraphField
from foundation.ui.forms import PortalForm, choose_from, seen_field
from foundation.ui.layout import Branch, When
from meetings.forms.record import PeopleField
from meetings.models import Election, Meeting
from meetings.states import BY_BALLOT, VOTED, ElectionBasis, ElectionMethod
from members.forms.memberships import choose_word
from members.models import Membership
from members.models.membership import MembershipQuerySet

NOT_VOTED = [method for method in ElectionMethod if method not in VOTED]
# As many as have a line on the page; who stood beside them finds two more once these are kept.
CANDIDATES = 6


class ElectionForm(PortalForm):
    seen = seen_field()
    item: forms.ModelChoiceField = forms.ModelChoiceField(label=_("議題"), queryset=None, empty_label=None)
    office = forms.ChoiceField(label=_("役職"))
    elected = PeopleField(label=_("選出された方"), queryset=None)
    method = forms.ChoiceField(  # type: ignore[assignment]  # a field of that name
        label=_("選出の方法"),
        choices=ElectionMethod,
        initial=ElectionMethod.CONSENT,
        widget=forms.RadioSelect,
    )
    candidates = forms.IntegerField(
        label=_("立候補者の数"), min_value=0, max_value=1000, initial=0, help_text=_("いないときは0")
    )
    cast = forms.IntegerField(label=_("投票総数"), min_value=0, max_value=10_000)
    blank = forms.IntegerField(label=_("白票"), min_value=0, max_value=10_000, initial=0)
    invalid = forms.IntegerField(label=_("無効票"), min_value=0, max_value=10_000, initial=0)
    rule = forms.CharField(
        label=_("決め方"),
        max_length=50,
        required=False,
        help_text=_("立候補者がいないときの決め方（例：最年長者）。得票が同数のときは、その決め方（例：くじ）"),
    )
    basis = forms.ChoiceField(
        label=_("選出の根拠"), choices=ElectionBasis, initial=ElectionBasis.AGREED, widget=forms.RadioSelect
    )

    submit_label = _("互選の結果を記録する")

    def __init__(
        self,
        *args: Any,
        meeting: Meeting,
        people: MembershipQuerySet,
        election: Election | None = None,
        **kwargs: Any,
    ) -> None:
        shown = shown_of_election(election) if election else {}
        super().__init__(*args, initial=shown, **kwargs)
        stood = len([name for name in shown if name.startswith("votes_")])
        self.lines = range(1, max(CANDIDATES, stood + 2) + 1)
        choose_from(self, item=meeting.items.all(), elected=people.select_related("user"))
        choose_word(self, office=meeting.group.offices)
        if election is None:
            del self.fields["seen"]
        else:
            self.submit_label = _("訂正を保存する")
            _keep_the_place(self, shown["item"])
        choices = list(self.fields["elected"].choices)  # type: ignore[attr-defined]  # of a choice field
        for line in self.lines:
            self._add_candidate(line, choices, people)
        self.layout = self._layout()

    def _add_candidate(self, line: int, choices: list[Any], people: MembershipQuerySet) -> None:
        """Each line offers the same people: they are read once."""
        candidate = PeopleField(label=_("候補者%s") % line, queryset=people, required=False)
        candidate.choices = choices
        self.fields[f"candidate_{line}"] = candidate
        self.fields[f"votes_{line}"] = forms.IntegerField(
            label=_("候補者%sの得票") % line, min_value=0, max_value=10_000, required=False
        )

    def _layout(self) -> tuple[Any, ...]:
        lines = [Row(f"candidate_{line}", f"votes_{line}") for line in self.lines]
        place = ("item",) if "item" in self.fields else ()
        return (
            *place,
            "office",
            Branch(
                "method",
                When(NOT_VOTED, "candidates"),
                When(VOTED, Fieldset(_("候補者と得票"), *lines)),
                When(BY_BALLOT, "cast", "blank", "invalid"),
            ),
            "rule",
            "elected",
            "basis",
        )

    def clean(self) -> dict[str, Any]:
        """As the action takes it: the candidates with their votes in one list."""
        cleaned = super().clean()
        votes: list[tuple[Membership, int]] = []
        for line in self.lines:
            person, count = cleaned.pop(f"candidate_{line}", None), cleaned.pop(f"votes_{line}", None)
            if cleaned.get("method") not in VOTED or (person is None and count is None):
                continue
            if person is None:
                self.add_error(f"candidate_{line}", ValidationError(_("得票した方を選択してください。")))
            elif count is None and f"votes_{line}" not in self.errors:
                self.add_error(f"votes_{line}", ValidationError(_("得票を入力してください。0票のときは0")))
            elif count is not None:
                votes.append((person, count))
        if cleaned.get("candidates") is None:
            cleaned["candidates"] = 0
        return cleaned | {"votes": votes}

    def shown_of(self, stored: Any) -> dict[str, Any]:
        """Without what its way of choosing does not ask for."""
        unasked = {"candidates": None} if stored.method in VOTED else {}
        return shown_of_election(stored) | {"blank": stored.blank, "invalid": stored.invalid} | unasked


def shown_of_election(election: Election) -> dict[str, Any]:
    """As the form shows it."""
    names = ("office", "method", "candidates", "cast", "rule", "basis")
    shown = {name: getattr(election, name) for name in names}
    shown |= {"blank": election.blank or 0, "invalid": election.invalid or 0}
    shown |= {"elected": election.elected_id, "seen": election.version}
    line = election.entries.standing().first()
    shown["item"] = line.item_id if line else None
    for place, each in enumerate(election.candidacies.all(), start=1):
        shown |= {f"candidate_{place}": each.membership_id, f"votes_{place}": each.votes}
    return shown


def _keep_the_place(form: PortalForm, item: int | None) -> None:
    """A line among the notices stays there, and one that was removed does not come back by a correction."""
    if item is None:
        del form.fields["item"]


class AssignmentForm(PortalForm):
    seen = seen_field()
    item: forms.ModelChoiceField = forms.ModelChoiceField(label=_("議題"), queryset=None, empty_label=None)
    title = forms.CharField(label=_("課題名"), max_length=100)
    due_meeting: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("提出期限の会議"),
        queryset=None,
        required=False,
        help_text=_("会議を期限にしないときは選択せず、下の「提出期限」に日付を入力してください。"),
    )
    due_at = DayField(label=_("提出期限"), required=False, widget=forms.DateInput())
    summary_text = ParagraphField(
        label=_("概要に載せる文"),
        max_length=500,
        help_text=_("「第2回の開催に向けて、」又は「6月30日（水）までに、」に続く文"),
    )
    detail_text = ParagraphField(
        label=_("詳細に載せる文"),
        max_length=500,
        help_text=_("「次回までに、」又は「6月30日（水）までに、」に続く文"),
    )

    submit_label = _("課題を記録する")

    def __init__(self, *args: Any, meeting: Meeting, correcting: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        later = Meeting.objects.standing().filter(group=meeting.group, number__gt=meeting.number)
        choose_from(self, item=meeting.items.all(), due_meeting=later.select_related("group"))
        if correcting:
            self.submit_label = _("訂正を保存する")
            _keep_the_place(self, self.initial["item"])
        else:
            del self.fields["seen"]

    def clean_due_at(self) -> dt.datetime | None:
        """A deadline is a moment: closing time of the day."""
        day = self.cleaned_data["due_at"]
        return day and dt.datetime.combine(day, CLOSING_TIME, TOKYO)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("due_meeting") and not cleaned.get("due_at") and not self.errors:
            self.add_error("due_at", _("提出期限の会議を選択するか、提出期限の日付を入力してください。"))
        return cleaned
