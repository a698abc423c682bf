"""The way of a meeting from its plan to its published report, as the desk walks it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from foundation import wareki
from meetings.models import Meeting, ReportRevision, Response
from meetings.states import MeetingState


@dataclass(frozen=True)
class Step:
    title: str
    page: str
    done: bool
    note: str = ""
    url: str = ""


def steps(meeting: Meeting) -> list[Step]:
    found = [*_before(meeting), *_after(meeting)]
    args = [meeting.group.slug, meeting.number]
    return [
        Step(step.title, step.page, step.done, step.note, reverse(f"meetings:{step.page}", args=args))
        for step in found
    ]


def next_step(found: list[Step]) -> Step | None:
    return next((step for step in found if not step.done), None)


def _before(meeting: Meeting):
    form = getattr(meeting, "form", None)
    items = meeting.items.count()
    announced = meeting.announced_at is not None
    when = wareki.date(meeting.starts_at) if meeting.starts_at else meeting.date_note
    yield Step(_("日時・場所"), "edit_meeting", meeting.starts_at is not None, when)
    yield Step(_("次第（議題）"), "agenda", items > 0, _("議題%s件") % items if items else "")
    deadline = _("回答期限：%s") % wareki.datetime(form.closes_at) if form else ""
    yield Step(_("入力フォーム"), "desk_form", form is not None, deadline)
    sent = _("%sに送信") % wareki.datetime(meeting.announced_at) if announced else ""
    yield Step(_("開催通知"), "announce", announced or meeting.state == MeetingState.HELD, sent)


def _after(meeting: Meeting):
    asked, answered = meeting.asked().count(), Response.objects.filter(form__meeting=meeting).count()
    held = meeting.state == MeetingState.HELD
    progress = _("%(asked)s名中%(answered)s名が回答") % {"asked": asked, "answered": answered}
    yield Step(
        _("回答状況"), "tally", held or (asked > 0 and answered >= asked), progress if meeting.announced_at else ""
    )
    yield Step(_("当日の記録"), "roll", held)
    published = ReportRevision.objects.filter(report__meeting=meeting).exists()
    yield Step(_("結果報告"), "draft", published, _("公開済み") if published else "")
