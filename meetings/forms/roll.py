import datetime as dt
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import model_to_dict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.calendar import wareki
from foundation.ui.fields import DayField
from foundation.ui.forms import Asking, PortalForm, choose_from, seen_field
from foundation.ui.layout import Branch, When
from meetings import quorum
from meetings.models import AttendanceRecord, Meeting
from meetings.roll_call import OnRoll, roll_call, tally, walk_ins
from meetings.states import PRESENT, MeetingState, Mode
from members import names
from members.forms.fields import NameField
from members.models import Membership

MODES = [(mode, mode.label) for mode in Mode]
# A meeting that goes past midnight closes earlier by the clock; one of half a day or more is a slip.
A_DAY, AT_MOST, A_MOMENT = dt.timedelta(days=1), dt.timedelta(hours=12), dt.timedelta()
CAME = [(mode, mode.label) for mode in PRESENT]


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
        if held["held_to"] < held["held_from"]:
            held["held_to"] += A_DAY
        if not A_MOMENT < held["held_to"] - held["held_from"] <= AT_MOST:
            raise ValidationError({"ends": _("閉会は開会より後の時刻にしてください。")})
        return held | {"seen": cleaned["seen"]}

    def doubts(self) -> Iterator[str]:
        """All of it can be put right afterwards as well; the report asks for it."""
        if self.cleaned_data["held_to"].date() > self.cleaned_data["held_from"].date():
            yield _("閉会が翌日（%s）になります。") % wareki.date(self.cleaned_data["held_to"])
        if self.meeting.state == MeetingState.HELD:
            return
        if not self.meeting.place:
            yield str(_("会議の場所が入力されていません。"))
        if not self.meeting.items.exists():
            yield str(_("議題が登録されていません。"))
        enough = quorum.standing(self.meeting.group, tally(self.meeting).counted)
        if enough and not enough.is_met:
            told = {"rule": enough.rule, "needed": enough.needed, "present": enough.present}
            yield _("定足数（%(rule)s、%(needed)s名）に対し、出席者が%(present)s名です。") % told

    def _moment(self, cleaned: dict[str, Any], name: str) -> dt.datetime:
        return timezone.make_aware(dt.datetime.combine(cleaned["day"], cleaned[name]))


class TimesForm(Asking, PortalForm):
    """From when until when somebody was there, who came late or left early."""

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

    def clean(self) -> dict[str, Any]:
        """Both times as the actions take them."""
        cleaned = super().clean()
        arrived_at, left_at = cleaned.pop("arrived_at", None), cleaned.pop("left_at", None)
        if arrived_at and left_at and left_at <= arrived_at:
            raise ValidationError({"left_at": _("退席の時刻は、到着の時刻より後にしてください。")})
        return cleaned | {"times": (arrived_at, left_at)}


class MarkForm(TimesForm):
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
        """A page from before substitutes were ruled out may name one."""
        cleaned = super().clean()
        if not self.substitutes and self.data.get("substitute_name"):
            raise ValidationError(_("代理出席は認められていないため、記録していません。設定を確認してください。"))
        return cleaned

    def doubts(self) -> Iterator[str]:
        if "substitute_name" in self.changed_data:
            yield from names.doubts(self.cleaned_data["substitute_name"])


class WalkInForm(TimesForm):
    """Who came without being on the roster. Somebody of the same name on it is asked about once."""

    seen = seen_field()
    name = NameField(label=_("氏名"), max_length=100)
    title = forms.CharField(label=_("所属・職名"), max_length=200, required=False)
    category = forms.ChoiceField(
        label=_("区分"),
        widget=forms.RadioSelect,
        help_text=_("出席者の人数を、この区分で数えます。名簿にない方は、定足数には数えません。"),
    )
    mode = forms.ChoiceField(label=_("出席の方法"), choices=CAME, widget=forms.RadioSelect)

    layout = ("name", "title", "category", "mode", "arrived_at", "left_at")

    def __init__(self, *args: Any, meeting: Meeting, line: AttendanceRecord | None = None, **kwargs: Any) -> None:
        named = ("name", "title", "category", "mode", "arrived_at", "left_at")
        shown = model_to_dict(line, fields=named) if line else {"mode": Mode.VENUE}
        super().__init__(*args, initial=shown | ({"seen": line.version} if line else {}), **kwargs)
        category = self.fields["category"]
        assert isinstance(category, forms.ChoiceField)
        category.choices = meeting.group.categories
        if line is None:
            del self.fields["seen"]
        self.meeting, self.line = meeting, line

    def doubts(self) -> Iterator[str]:
        if "name" not in self.changed_data:
            return
        name = self.cleaned_data["name"]
        yield from names.doubts(name)
        others = [
            person for person in (*roll_call(self.meeting), *walk_ins(self.meeting)) if not self._is_own(person)
        ]
        if names.same_to_search(name) in {names.same_to_search(person.name) for person in others}:
            yield str(_("同じ氏名の方が、出席の記録にいます。別の方かどうかを確認してください。"))

    def _is_own(self, person: OnRoll) -> bool:
        return self.line is not None and person == self.line


class NoteDayForm(PortalForm):
    seen = seen_field()
    chaired_by = forms.ModelChoiceField(Membership.objects.none(), label=_("議長を務めた方"), required=False)
    observers = forms.IntegerField(
        label=_("傍聴者の数"),
        min_value=0,
        max_value=9999,
        required=False,
        help_text=_("いなかったときは0を入力してください。空欄のときは、数えていないものとして扱います。"),
    )

    submit_label = _("記録する")

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        shown = {name: getattr(meeting, name) for name in ("observers", "chaired_by")}
        super().__init__(*args, initial=shown | {"seen": meeting.version}, **kwargs)
        people = meeting.group.memberships.on(meeting.day).counted().select_related("user")
        choose_from(self, chaired_by=people.in_roster_order())
        self.fields["chaired_by"].help_text = (
            _("%sが務めたときは、選ばないでください。") % meeting.group.chair_word
        )
