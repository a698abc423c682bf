"""Candidate days as people type them, and the answer to them: a mark for each."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from crispy_forms.layout import Fieldset, Row
from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy

from foundation.ui.fields import DayField, DeadlineField, ParagraphField
from foundation.ui.forms import PortalForm, seen_field, use_the_pickers
from foundation.ui.layout import Disclosure
from meetings import proposals
from meetings.actions.dates import MOST
from meetings.dates import Candidate, spoken
from meetings.forms.meetings import moment
from meetings.models import DatePoll, DateReply, Meeting
from meetings.states import DateMark

# So many stand open on the page; the others are folded.
USUAL = 5


class SetDatesForm(PortalForm):
    """A candidate has a day; the times beside an empty day are those of the meeting before, and mean nothing."""

    closes_at = DeadlineField(label=gettext_lazy("回答期限"), widget=forms.DateTimeInput)
    note = ParagraphField(
        label=gettext_lazy("添える文"),
        max_length=400,
        required=False,
        help_text=gettext_lazy("お願いの文に続けて載せます。例：会場は市役所の会議室を予定しています。"),
    )
    seen = seen_field()
    submit_label = gettext_lazy("候補日を保存する")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, MOST + 1):
            place = {"number": number}
            day, starts, ends = names(number)
            self.fields[day] = DayField(label=_("候補%(number)sの日") % place, required=False)
            self.fields[starts] = forms.TimeField(label=_("候補%(number)sの開始時刻") % place, required=False)
            self.fields[ends] = forms.TimeField(label=_("候補%(number)sの終了時刻") % place, required=False)
            for name in (day, starts, ends):
                use_the_pickers(self.fields[name].widget)
        rows = [Row(*names(number)) for number in range(1, MOST + 1)]
        more = Disclosure(_("候補日を増やす（%(most)s件まで）") % {"most": MOST}, *rows[USUAL:])
        self.layout = (
            Fieldset(gettext_lazy("候補日"), *rows[:USUAL], more),
            Fieldset(gettext_lazy("お願いの内容"), "closes_at", "note"),
        )

    def clean(self) -> dict[str, Any]:
        """In one list of moments, in the order of time."""
        cleaned = super().clean()
        found = [self._candidate(cleaned, number) for number in range(1, MOST + 1)]
        cleaned["days"] = sorted(day for day in found if day)
        if not cleaned["days"] and not self.errors:
            self.add_error("day_1", _("候補日を一つ以上入力してください。"))
        return cleaned

    def _candidate(self, cleaned: dict[str, Any], number: int) -> tuple[datetime, datetime] | None:
        day, starts, ends = (cleaned.pop(name, None) for name in names(number))
        if not day:
            return None
        _day, first, last = names(number)
        if starts is None and first not in self.errors:
            self.add_error(first, _("開始時刻を入力してください。"))
        if ends is None and last not in self.errors:
            self.add_error(last, _("終了時刻を入力してください。"))
        if starts is not None and ends is not None and ends <= starts:
            self.add_error(last, _("終了時刻は開始時刻より後にしてください。"))
        begins, finishes = moment(day, starts), moment(day, ends)
        return (begins, finishes) if begins and finishes else None

    def shown_of(self, stored: DatePoll) -> dict[str, Any]:
        return as_shown(stored)


def names(number: int) -> tuple[str, str, str]:
    return f"day_{number}", f"starts_{number}", f"ends_{number}"


def as_shown(poll: DatePoll) -> dict[str, Any]:
    values: dict[str, Any] = {"closes_at": poll.closes_at, "note": poll.note, "seen": poll.version}
    for number, option in enumerate(poll.days, 1):
        begins, ends = timezone.localtime(option.starts_at), timezone.localtime(option.ends_at)
        values |= dict(zip(names(number), (begins.date(), begins.time(), ends.time()), strict=True))
    return values


def proposed(previous: Meeting | None) -> dict[str, Any]:
    """Only the days are asked: the time of day is that of the meeting before."""
    usual = proposals.details(previous)
    values: dict[str, Any] = {"closes_at": proposals.deadline_of_dates(), "seen": 0}
    for number in range(1, USUAL + 1):
        _day, starts, ends = names(number)
        values |= {starts: usual.get("starts"), ends: usual.get("ends")}
    return values


class SendDatesForm(PortalForm):
    seen = seen_field()

    def __init__(self, *args: Any, count: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.submit_label = _("%s名に送る") % count if count else _("紙でお渡しするお願いを用意する")


class AnswerDatesForm(PortalForm):
    """A mark for each candidate, none of them required; one at least."""

    seen = seen_field()
    submit_label = gettext_lazy("回答を送信する")
    show_requirement = False
    action = ""

    def __init__(
        self, *args: Any, candidates: Sequence[Candidate], reply: DateReply | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, initial=initial_of(reply), **kwargs)
        self.days = [candidate.option for candidate in candidates]
        for candidate in candidates:
            option = candidate.option
            self.fields[f"option_{option.pk}"] = forms.ChoiceField(
                label=spoken(option),
                choices=DateMark.choices,
                required=False,
                widget=forms.RadioSelect,
                help_text=_("これまでの回答：%s") % candidate.said,
            )
        self.fields["comment"] = ParagraphField(
            label=_("事務局への連絡"), max_length=400, required=False, help_text=_("事務局だけが閲覧します。")
        )

    @property
    def helper(self) -> Any:
        """To the address of this very meeting, wherever the page was opened."""
        helper = super().helper
        helper.form_action = self.action
        return helper

    def clean(self) -> dict[str, Any]:
        """The marks by the key of their candidate."""
        cleaned = super().clean()
        given = {option.pk: cleaned.pop(f"option_{option.pk}", "") for option in self.days}
        cleaned["marks"] = {pk: mark for pk, mark in given.items() if mark}
        if not cleaned["marks"] and not self.errors:
            self.add_error(None, _("候補日を一つ以上選んで、○△×を選択してください。"))
        return cleaned

    def shown_of(self, stored: DateReply) -> dict[str, Any]:
        return initial_of(stored)


class EnterDatesForm(AnswerDatesForm):
    submit_label = gettext_lazy("事務局が回答を入力する")


def initial_of(reply: DateReply | None) -> dict[str, Any]:
    marks: Mapping[int, str] = reply.marks if reply else {}
    known = {"comment": reply.comment, "seen": reply.version} if reply else {"seen": 0}
    return known | {f"option_{pk}": mark for pk, mark in marks.items()}


class ChooseDateForm(PortalForm):
    seen = seen_field()
    submit_label = gettext_lazy("この日に決める")
