"""What waits at the desks that somebody runs, meeting by meeting, for their own front page."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from dxbukai.cockpit import Panel, panels
from foundation.calendar import wareki
from foundation.db import clock
from foundation.ui.todo import Todo
from meetings.models import Meeting
from meetings.states import MeetingState
from members.models import User


def todo(user: User) -> list[Todo]:
    """In a number of queries that no meeting adds to."""
    without_report = Q(state=MeetingState.HELD, report__revisions=None)
    going_on = Meeting.objects.kept().run_by(user).filter(Q(state=MeetingState.ANNOUNCED) | without_report)
    found = list(going_on.with_asked().select_related("group", "survey").order_by("starts_at", "pk"))
    told = panels(found)
    return [each for meeting in found for each in _of(meeting, told.get(meeting.pk))]


def _of(meeting: Meeting, panel: Panel | None) -> Iterator[Todo]:
    def page(name: str) -> str:
        return reverse(name, args=[meeting.group.slug, meeting.number])

    of_year = meeting.group.with_year
    if panel is None:
        yield Todo(text=_("%sの結果報告をまとめる") % meeting, url=page("reports:draft"), note=of_year)
        return
    named = {"meeting": meeting, "undelivered": panel.undelivered}
    named |= {"silent": panel.silent, "unanswered": panel.unanswered}
    if panel.undelivered:
        text = _("%(meeting)sの通知が届かなかった%(undelivered)s名に連絡する") % named
        yield Todo(text=text, url=page("meetings:letters"), note=of_year)
    if meeting.starts_at and meeting.starts_at <= clock.now():
        yield Todo(text=_to_record(meeting), url=page(_record_of(meeting)), note=of_year)
    elif panel.takes_reminders:
        text = _("%(meeting)sの回答状況を確認する（%(silent)s%(unanswered)s名）") % named
        yield Todo(text=text, url=page("meetings:tally"), due=meeting.survey.closes_at, note=_beside(panel))
    elif panel.waiting or panel.unanswered_questions:
        yield Todo(text=_("%sの準備を進める") % meeting, url=page("desk_meeting"), note=_beside(panel))


def _record_of(meeting: Meeting) -> str:
    return "meetings:conclude" if meeting.is_written else "meetings:roll"


def _to_record(meeting: Meeting) -> str:
    if meeting.is_written:
        return _("%sの書面による議決の結果をまとめる") % meeting
    return _("%sの出席を記録し、「開催済み」にする") % meeting


def _beside(panel: Panel) -> str:
    """What has not left, and how many questions are open. A group of each year bears the same name."""
    said = [panel.meeting.group.with_year]
    if panel.waiting and panel.leaves_at:
        named = {"count": panel.waiting, "when": wareki.datetime(panel.leaves_at)}
        said.append(_("通知の送信待ち%(count)s通（%(when)sから順に送ります）") % named)
    if panel.unanswered_questions:
        said.append(_("答えのない質問%s件") % panel.unanswered_questions)
    return "　".join(said)
