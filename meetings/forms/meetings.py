"""Forms of the desk: the meeting itself, its agenda, its form, its call."""

from datetime import date, datetime, time
from typing import Any

from crispy_forms.layout import Fieldset, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.ui.fields import DayField, DeadlineField, ParagraphField
from foundation.ui.forms import NOTHING, EditForm, PortalForm, PortalModelForm, seen_field
from meetings.models import AgendaItem, Meeting, Survey
from meetings.states import GIVEN, MeetingState, Method, SectionKind
from members.forms.fields import ReadingField

NOT_AFTER_START = _(
    "終了時刻が開始時刻以前です。開始時刻より後の時刻を入力してください。日付をまたぐときは空欄にしてください。"
)


class MeetingForm(PortalModelForm):
    """The day may be open; then a hint like 9月上旬 stands in its place."""

    day = DayField(label=_("開催日"), required=False, widget=forms.DateInput)
    starts = forms.TimeField(label=_("開始時刻"), required=False, widget=forms.TimeInput)
    ends = forms.TimeField(label=_("終了時刻"), required=False, widget=forms.TimeInput)
    online_url = forms.URLField(
        label=_("オンラインの接続先"),
        max_length=200,
        required=False,
        assume_scheme="https",
        help_text=_("オンラインで出席する方だけに表示します。"),
    )

    layout: tuple[Fieldset, ...] = (
        Fieldset(_("日時"), "day", Row("starts", "ends"), "date_note"),
        Fieldset(_("場所"), "building", "building_kana", "room", "online_url"),
        Fieldset(_("内容"), "theme", "method"),
    )

    class Meta:
        model = Meeting
        fields = ["date_note", "building", "building_kana", "room", "online_url", "theme", "method"]
        field_classes = {"building_kana": ReadingField}
        help_texts = {
            "method": _(
                "「書面開催」にすると、会議を開かずに、資料を送って議題ごとの賛否と意見を尋ねます。"
                "開催日と開始時刻には、結果を決める日時を入力してください。場所と終了時刻は使いません。"
            )
        }

    def clean(self) -> dict[str, Any]:
        """One moment each for start and end; both stay open as long as the day is."""
        cleaned = super().clean()
        day, starts, ends = (cleaned.pop(name, None) for name in ("day", "starts", "ends"))
        if "day" not in self.errors and not day and not cleaned.get("date_note"):
            self.add_error(
                "day", _("開催日を入力してください。決まっていないときは「日程のめど」を入力してください。")
            )
        if day and not starts and "starts" not in self.errors:
            self.add_error("starts", _("開始時刻を入力してください。"))
        if day and starts and ends and ends <= starts:
            self.add_error("ends", NOT_AFTER_START)
        cleaned["starts_at"], cleaned["ends_at"] = moment(day, starts), moment(day, ends)
        if cleaned.get("method") == Method.WRITTEN:
            cleaned["ends_at"] = None
        if day:
            cleaned["date_note"] = ""
        refuse_reading_alone(self, cleaned)
        return cleaned


def refuse_reading_alone(form: forms.BaseForm, cleaned: dict[str, Any]) -> None:
    if cleaned.get("building_kana") and not cleaned.get("building"):
        form.add_error("building", _("ふりがなだけが入力されています。建物の名前も入力してください。"))


class NextMeetingForm(MeetingForm):
    """`number` is the one that the page promised to make: sent twice, it is made once."""

    number = forms.IntegerField(widget=forms.HiddenInput, required=False)


def urgent_field() -> forms.CharField:
    """A reason why what is told does not wait for the office to open."""
    return forms.CharField(
        label=_("至急送る理由"),
        max_length=100,
        required=False,
        help_text=_(
            "入力すると、開庁時間を待たずにすぐ送ります。例：台風の接近のため。空欄のときは、開庁時間に送ります。"
            "電話でも連絡するときは、送った後に「電話連絡の一覧」を印刷できます。"
        ),
    )


class EditMeetingForm(MeetingForm):
    seen = seen_field()
    urgent = urgent_field()

    def __init__(self, *args: Any, instance: Meeting, **kwargs: Any) -> None:
        initial = times_of(instance) | {"seen": instance.version}
        super().__init__(*args, instance=instance, initial=initial, **kwargs)
        if instance.state == MeetingState.ANNOUNCED:
            self.layout += (Fieldset(_("変更のお知らせ"), "urgent"),)
        else:
            del self.fields["urgent"]

    def shown_of(self, stored: Meeting) -> dict[str, Any]:
        return super().shown_of(stored) | times_of(stored)


class CorrectMeetingForm(EditForm):
    """What the report takes from the plan. When it was held is corrected beside the roll."""

    seen = seen_field()
    submit_label = _("訂正する")

    class Meta:
        model = Meeting
        fields = ["building", "building_kana", "room", "theme", "method"]
        field_classes = {"building_kana": ReadingField}

    def __init__(self, *args: Any, instance: Meeting, **kwargs: Any) -> None:
        """Whether people came together is told by the roll, or by the answers: it is no matter of wording."""
        super().__init__(*args, instance=instance, **kwargs)
        method = self.fields["method"]
        assert isinstance(method, forms.TypedChoiceField)
        method.choices = [choice for choice in Meeting.method.field.get_choices() if choice[0] != Method.WRITTEN]
        if instance.is_written:
            for name in ("building", "building_kana", "room", "method"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        refuse_reading_alone(self, cleaned)
        return cleaned


def moment(day: date | None, time: time | None) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time)) if day and time else None


def times_of(meeting: Meeting) -> dict[str, Any]:
    starts, ends = (at and timezone.localtime(at) for at in (meeting.starts_at, meeting.ends_at))
    return {
        "day": starts and starts.date(),
        "starts": starts and starts.time(),
        "ends": ends and ends.time(),
    }


class CancelForm(PortalForm):
    seen = seen_field()
    reason = ParagraphField(
        label=_("中止の理由"), max_length=400, help_text=_("開催通知を送った方へのお知らせに載せます。")
    )
    urgent = urgent_field()
    submit_label = _("会議を中止する")

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, initial={"seen": meeting.version}, **kwargs)
        if meeting.state != MeetingState.ANNOUNCED:
            del self.fields["urgent"]


class AbandonForm(PortalForm):
    seen = seen_field()
    reason = ParagraphField(
        label=_("理由"),
        max_length=400,
        initial=_("出席者が定足数に達しなかったため"),
        help_text=_("会議の一覧に表示します。"),
    )
    submit_label = _("流会として記録する")

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, initial={"seen": meeting.version}, **kwargs)
        if meeting.is_written:
            self.initial["reason"] = _("回答者が定足数に達しなかったため")


class AgendaItemForm(EditForm):
    submit_label = _("議題を保存する")

    class Meta:
        model = AgendaItem
        fields = ["title", "kind", "presenter", "begins", "minutes", "minutes_each", "needs_decision"]
        widgets = {"begins": forms.TimeInput}

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = meeting.group.memberships.on(meeting.day).select_related("user").in_roster_order()
        self.fields["presenter"] = forms.ModelChoiceField(
            people, label=_("説明者"), required=False, empty_label=NOTHING
        )
        for name in ("begins", "minutes", "minutes_each") if meeting.is_written else ("needs_decision",):
            del self.fields[name]


class SurveyForm(PortalForm):
    """What the form asks. Attendance is not listed: it is always asked."""

    closes_at = DeadlineField(
        label=_("回答期限"),
        widget=forms.DateTimeInput,
        help_text=_(
            "初期値は、開催日の3開庁日前（開催日の10開庁日以上前に通知するときは5開庁日前）の午後5時です。"
        ),
    )
    sections = forms.MultipleChoiceField(
        label=_("出欠のほかに設ける欄"),
        choices=[choice for choice in SectionKind.choices if choice[0] not in GIVEN],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    themes = ParagraphField(
        label=_("テーマの例"),
        required=False,
        help_text=_("1行に一つずつ入力してください。「取り上げたいテーマ」の欄を設けたときに表示されます。"),
    )
    reminds = forms.BooleanField(
        label=_("未回答の方に、自動で再案内を送る"),
        required=False,
        help_text=_("回答期限の前開庁日の朝に送ります。開催通知から1開庁日以内のときは送りません。"),
    )
    seen = seen_field()
    submit_label = _("入力フォームを保存する")

    def shown_of(self, stored: Survey) -> dict[str, Any]:
        return as_shown(stored)

    def clean_themes(self) -> list[str]:
        titles = [line.strip() for line in self.cleaned_data["themes"].splitlines() if line.strip()]
        if too_long := [title for title in titles if len(title) > 100]:
            raise ValidationError(_("テーマは100文字以内で入力してください（%s…）。") % too_long[0][:20])
        return list(dict.fromkeys(titles))


class AnnounceForm(PortalForm):
    despite = forms.BooleanField(label=_("確認した。このまま通知する"))
    seen = seen_field()

    def __init__(self, *args: Any, count: int, doubts: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not doubts:
            del self.fields["despite"]
        self.submit_label = _("%s名に送る") % count if count else _("紙でお渡しする通知を用意する")

    def clean(self) -> dict[str, Any]:
        """Having looked is the person's; nothing is done with it."""
        cleaned = super().clean()
        cleaned.pop("despite", None)
        return cleaned


class ExtendForm(PortalForm):
    until = DeadlineField(label=_("延長後の期限"), widget=forms.DateTimeInput)
    submit_label = _("期限を延長する")


def as_shown(survey: Survey) -> dict[str, Any]:
    """The survey as its page shows it."""
    themes = survey.meeting.themes.examples()
    return {
        "closes_at": survey.closes_at,
        "sections": [section.kind for section in survey.sections.exclude(kind__in=GIVEN)],
        "themes": "\n".join(theme.title for theme in themes),
        "reminds": survey.reminds,
        "seen": survey.version,
    }
