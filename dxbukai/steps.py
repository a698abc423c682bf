"""The way of a meeting from its plan to its published report, as the desk walks it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.calendar import wareki
from foundation.db import clock
from meetings.models import Meeting
from meetings.models.meeting import MeetingQuerySet
from meetings.states import MeetingState


@dataclass(frozen=True)
class Step:
    title: str
    page: str
    done: bool
    note: str = ""
    url: str = ""


def steps(meeting: Meeting) -> list[Step]:
    """Of a meeting read with_progress()."""
    found = [*_before(meeting), *_after(meeting)]
    args = [meeting.group.slug, meeting.number]
    return [Step(step.title, step.page, step.done, step.note, reverse(step.page, args=args)) for step in found]


def with_progress(meetings: MeetingQuerySet) -> MeetingQuerySet:
    """How far the desk has come with each, in the query that reads them."""
    return meetings.with_progress().annotate(revision_count=Count("report__revisions", distinct=True))


def next_step(found: list[Step]) -> Step | None:
    return next((step for step in found if not step.done), None)


def _before(meeting: Meeting) -> Iterator[Step]:
    """A meeting that was held needs no preparing, however it came about."""
    held, survey, items = meeting.state == MeetingState.HELD, getattr(meeting, "survey", None), meeting.item_count
    yield _day(meeting)
    yield Step(_("次第（議題）"), "meetings:agenda", held or items > 0, _("議題%s件") % items if items else "")
    deadline = _("回答期限：%s") % wareki.datetime(survey.closes_at) if survey else ""
    yield Step(_("入力フォーム"), "meetings:set_survey", held or survey is not None, deadline)
    announced = meeting.announced_at
    sent = _("%sに送信の手続") % wareki.datetime(announced) if announced else ""
    yield Step(_("開催通知"), "meetings:announce", held or announced is not None, sent)


def _day(meeting: Meeting) -> Step:
    """Where people are asked on which days they can come, it leads to what they answered."""
    done = meeting.state == MeetingState.HELD or meeting.starts_at is not None
    poll = getattr(meeting, "date_poll", None)
    if done or poll is None or poll.asked_at is None:
        when = wareki.date(meeting.starts_at) if meeting.starts_at else meeting.date_note
        return Step(_("日時・場所"), "meetings:edit_meeting", done, when)
    counted = {"answered": meeting.date_reply_count, "asked": meeting.asked_count}
    note = _("日程調整中（回答 %(answered)s／%(asked)s名）") % counted
    return Step(_("日時・場所"), "meetings:dates", done, note)


def _after(meeting: Meeting) -> Iterator[Step]:
    held = meeting.state == MeetingState.HELD
    yield Step(_("回答状況"), "meetings:tally", held or _is_collected(meeting), _progress(meeting))
    yield Step(_("当日の記録"), "meetings:roll", held)
    published = meeting.revision_count > 0  # type: ignore[attr-defined]  # annotated above
    yield Step(_("結果報告"), "reports:draft", published, _("公開済み") if published else "")


def _is_collected(meeting: Meeting) -> bool:
    survey = getattr(meeting, "survey", None)
    return meeting.state == MeetingState.ANNOUNCED and survey is not None and survey.closes_at <= clock.now()


def _progress(meeting: Meeting) -> str:
    if meeting.announced_at is None:
        return ""
    if day := getattr(getattr(meeting, "survey", None), "replies_disposed_on", None):
        return _("%sに廃棄") % wareki.date(day)
    return _("%(asked)s名中%(answered)s名が回答") % {
        "asked": meeting.asked_count,
        "answered": meeting.answer_count,
    }
