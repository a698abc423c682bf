"""The way of a meeting from its plan to its published report, as the desk walks it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

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
    # What was done, and nothing else: a meeting that was held has not therefore been called.
    done: bool
    note: str = ""
    # Its time has passed; nobody is sent there any more.
    is_over: bool = False
    url: str = ""


def steps(meeting: Meeting) -> list[Step]:
    """Of a meeting read with_progress()."""
    found = [*_before(meeting), *_after(meeting)]
    args = [meeting.group.slug, meeting.number]
    return [replace(step, url=reverse(step.page, args=args)) for step in found]


def with_progress(meetings: MeetingQuerySet) -> MeetingQuerySet:
    """How far the desk has come with each, and until when it is told of, in the query that reads them."""
    found = meetings.with_progress().select_related("group__due_rules", "report")
    return found.annotate(revision_count=found.number_of("report__revisions"))


def next_step(found: list[Step]) -> Step | None:
    return next((step for step in found if not step.done and not step.is_over), None)


def _before(meeting: Meeting) -> Iterator[Step]:
    """Whatever its report needs is asked for also afterwards; nobody is called to what is over."""
    held, survey, items = meeting.state == MeetingState.HELD, getattr(meeting, "survey", None), meeting.item_count
    yield _day(meeting)
    yield Step(_("次第（議題）"), "meetings:agenda", items > 0, _("議題%s件") % items if items else "")
    deadline = _("回答期限：%s") % wareki.datetime(survey.closes_at) if survey else _none(held)
    yield Step(_("入力フォーム"), "meetings:set_survey", survey is not None, deadline, is_over=held)
    announced = meeting.announced_at
    sent = _("%sに送信の手続") % wareki.datetime(announced) if announced else _none(held)
    yield Step(_("開催通知"), "meetings:announce", announced is not None, sent, is_over=held)


def _day(meeting: Meeting) -> Step:
    """Where people are asked on which days they can come, it leads to what they answered."""
    held = meeting.state == MeetingState.HELD
    has_place = bool(meeting.place or meeting.online_url)
    done = has_place if held else meeting.starts_at is not None
    poll = getattr(meeting, "date_poll", None)
    if held or done or poll is None or poll.asked_at is None:
        begins = meeting.held_from or meeting.starts_at
        when = wareki.date(begins) if begins else meeting.date_note
        note = when if has_place or not when else _("%s、場所は未定") % when
        return Step(_("日時・場所"), "meetings:edit_meeting", done, note)
    counted = {"answered": meeting.date_reply_count, "asked": meeting.asked_count}
    note = _("日程調整中（回答 %(answered)s／%(asked)s名）") % counted
    return Step(_("日時・場所"), "meetings:dates", done, note)


def _after(meeting: Meeting) -> Iterator[Step]:
    held = meeting.state == MeetingState.HELD
    yield Step(_("回答状況"), "meetings:tally", _is_collected(meeting), _progress(meeting), is_over=held)
    if meeting.is_written:
        yield Step(_("書面による議決の結果"), "meetings:conclude", held)
    else:
        yield Step(_("当日の記録"), "meetings:roll", held)
    published = meeting.revision_count > 0  # type: ignore[attr-defined]  # annotated above
    yield Step(_("結果報告"), "reports:draft", published, _("公開済み") if published else "")


def _none(held: bool) -> str:
    return _("なし") if held else ""


def _is_collected(meeting: Meeting) -> bool:
    survey = getattr(meeting, "survey", None)
    called = meeting.announced_at is not None
    return called and survey is not None and survey.closes_at <= clock.now()


def _progress(meeting: Meeting) -> str:
    if meeting.announced_at is None:
        return ""
    if day := getattr(getattr(meeting, "survey", None), "replies_disposed_on", None):
        return _("%sに廃棄") % wareki.date(day)
    return _("%(asked)s名中%(answered)s名が回答") % {
        "asked": meeting.asked_count,
        "answered": meeting.answer_count,
    }
