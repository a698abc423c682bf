import datetime as dt
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.ui.fields import DayField
from foundation.ui.forms import Asking, PortalForm, seen_field
from foundation.ui.layout import Branch, When
from meetings.models import Meeting
from meetings.states import PRESENT, MeetingState, Mode
from members import names
from members.forms.fields import NameField

MODES = [(mode, mode.label) for mode in Mode]


class HoldForm(Asking, PortalForm):
    """The held times, prefilled from the plan: what the report prints. Says once what is missing otherwise."""

    day = DayField(label=_("開催日"), widget=forms.DateInput())
    begins = forms.TimeField(label=_("開会"), widget=forms.TimeInput())
    ends = forms.TimeField(label=_("閉会"), widget=forms.TimeInput())
    seen = seen_field()

    submit_label = _("開催済みにする")

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        start, end = meeting.held_from or meeting.starts_at, meeting.held_to or meeting.ends_at
        planned = {
            "day": start and timezone.localdate(start),
            "begins": start and timezone.localtime(start).time(),
            "ends": end and timezone.localtime(end).time(),
            "seen": meeting.version,
        }
        super().__init__(*args, initial=planned, **kwargs)
        self.meeting = meeting
        if meeting.held_from:
            self.submit_label = _("時刻を訂正する")

    def clean(self) -> dict[str, Any]:
        """As moments: what the action takes."""
        cleaned = super().clean()
        if self.errors:
            return cleaned
        held = {name: self._moment(cleaned, of) for name, of in (("held_from", "begins"), ("held_to", "ends"))}
        if held["held_to"] <= held["held_from"]:
            raise ValidationError({"ends": _("閉会は開会より後の時刻にしてください。")})
        return held | {"seen": cleaned["seen"]}

    def doubts(self) -> Iterator[str]:
        """All of it can be put right afterwards as well; the report asks for it."""
        if self.meeting.state == MeetingState.HELD:
            return
        if not self.meeting.place:
            yield str(_("会議の場所が入力されていません。"))
        if not self.meeting.items.exists():
            yield str(_("議題が登録されていません。"))

    def _moment(self, cleaned: dict[str, Any], name: str) -> dt.datetime:
        return timezone.make_aware(dt.datetime.combine(cleaned["day"], cleaned[name]))


class MarkForm(Asking, PortalForm):
    """What one press does not say: who came in somebody's place, who came late or left early."""

    seen = seen_field()
    mode = forms.ChoiceField(label=_("出席の方法"), choices=MODES, widget=forms.RadioSelect)
    substitute_name = NameField(
        label=_("代理の方の氏名"),
        max_length=100,
        required=False,
        help_text=_("本人が出席したときは空欄にします。"),
    )
    substitute_title = forms.CharField(label=_("代理の方の職名"), max_length=100, required=False)
    arrived_at = forms.TimeField(
        label=_("到着した時刻（遅参）"),
        required=False,
        widget=forms.TimeInput(),
        help_text=_("遅れて出席したとき。"),
    )
    left_at = forms.TimeField(
        label=_("退席した時刻（早退）"),
        required=False,
        widget=forms.TimeInput(),
        help_text=_("途中で退席したとき。"),
    )

    submit_label = _("記録する")

    def __init__(self, *args: Any, substitutes: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of_who_came = ["arrived_at", "left_at"]
        if substitutes:
            of_who_came = ["substitute_name", "substitute_title", *of_who_came]
        else:
            del self.fields["substitute_name"], self.fields["substitute_title"]
        self.substitutes = substitutes
        self.layout = (Branch("mode", When([str(mode) for mode in PRESENT], *of_who_came)),)

    def clean(self) -> dict[str, Any]:
        """Both times as the action takes them. A page from before substitutes were ruled out may name one."""
        cleaned = super().clean()
        if not self.substitutes and self.data.get("substitute_name"):
            raise ValidationError(_("代理出席は認められていないため、記録していません。設定を確認してください。"))
        arrived_at, left_at = cleaned.pop("arrived_at", None), cleaned.pop("left_at", None)
        if arrived_at and left_at and left_at <= arrived_at:
            raise ValidationError({"left_at": _("退席の時刻は、到着の時刻より後にしてください。")})
        return cleaned | {"times": (arrived_at, left_at)}

    def doubts(self) -> Iterator[str]:
        if "substitute_name" in self.changed_data:
            yield from names.doubts(self.cleaned_data["substitute_name"])
