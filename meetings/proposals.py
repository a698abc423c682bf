"""What the next meeting takes over from the last one: proposed, and open to change."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy

from foundation.calendar.workdays import CLOSING_TIME, TOKYO
from foundation.db import clock
from meetings.models import AgendaItem, Meeting, Survey, Theme
from meetings.states import KNOWN, ItemKind, MeetingState
from meetings.survey.sections import SECTIONS
from members import working_days
from members.models import IntroSheet, WorkingGroup

ON_A_CLOSED_DAY = gettext_lazy("閉庁日（土日、祝日、年末年始等）に当たっています。")
# What becomes of an item in the next agenda: the same title again, another title, or nothing (None).
SAME = ""
CARRIED = {
    ItemKind.BRIEFING: SAME,
    ItemKind.INTRODUCTIONS: None,
    ItemKind.TALK: _("話題提供"),
    ItemKind.ASSIGNMENT: _("課題の報告"),
    ItemKind.DISCUSSION: SAME,
    ItemKind.QUESTIONS: None,
    ItemKind.OTHER: SAME,
}


def details(previous: Meeting | None) -> dict[str, Any]:
    """Place and time of day, that of the last one which has a day; the day itself is what a person decides."""
    if previous is None:
        return {}
    theme = {"theme": previous.theme} if previous.state == MeetingState.CANCELLED else {}
    dated = previous if previous.starts_at else Meeting.objects.before(previous).exclude(starts_at=None).first()
    starts, ends = (
        moment and timezone.localtime(moment).time()
        for moment in ((dated.starts_at, dated.ends_at) if dated else (None, None))
    )
    return {
        "starts": starts,
        "ends": ends,
        "building": previous.building,
        "building_kana": previous.building_kana,
        "room": previous.room,
        "online_url": previous.online_url,
        # To meet in writing is decided each time.
        "method": "" if previous.is_written else previous.method,
        **theme,
    }


def opening(previous: Meeting | None) -> dict[str, Any]:
    """Whether citizens may listen, and how, is mostly as it was."""
    kept = ("openness", "openness_reason", "observer_seats", "observing_how", "public_notice_days")
    return {name: getattr(previous, name) for name in kept} if previous else {}


def free_numbers(group: WorkingGroup) -> list[int]:
    """Those of meetings that were called off and not made again, and the next one, which comes last."""
    return free_among(group.meetings.only("number", "state"))


def free_among(meetings: Iterable[Meeting]) -> list[int]:
    """The same of all meetings of a group, for whoever has read them."""
    rows = list(meetings)
    standing = {meeting.number for meeting in rows if meeting.state != MeetingState.CANCELLED}
    following = max(standing, default=0) + 1
    return [*sorted({meeting.number for meeting in rows if meeting.number < following} - standing), following]


def called_off(meeting: Meeting) -> Meeting | None:
    """Of the same number, the last one: what was planned for it is proposed again."""
    gone = Meeting.objects.filter(group=meeting.group_id, number=meeting.number, state=MeetingState.CANCELLED)
    return gone.order_by("-pk").first()


def agenda(meeting: Meeting, previous: Meeting | None, *, again: Meeting | None = None) -> list[AgendaItem]:
    """The skeleton of the last agenda, without speakers: who speaks is asked anew. `again`: all of that one's."""
    if again:
        kept = ("order", "kind", "title", "presenter_id", "begins", "minutes", "minutes_each", "needs_decision")
        return [AgendaItem(meeting=meeting, **fields) for fields in again.items.values(*kept)]
    before = list(previous.items.all()) if previous else []
    carried = [(item, CARRIED[ItemKind(item.kind)]) for item in before]
    kept = [(item, title or item.title) for item, title in carried if title is not None]
    return [
        AgendaItem(meeting=meeting, order=order, kind=item.kind, title=title, minutes=item.minutes)
        for order, (item, title) in enumerate(kept, 1)
    ]


def sections(group: WorkingGroup, previous: Meeting | None) -> list[str]:
    """Attendance always; the rest where there is something to ask about."""
    return [kind for kind, section in SECTIONS.items() if section.is_proposed(group, previous)]


def themes(previous: Meeting | None) -> list[str]:
    """The examples of the last form that no meeting has taken up yet."""
    left = previous.themes.examples().filter(chosen_at=None) if previous else Theme.objects.none()
    return list(left.order_by("order", "id").values_list("title", flat=True))


def deadline(day: date) -> datetime:
    return working_days.propose_deadline(day, notice=clock.today())


def extension(survey: Survey) -> datetime:
    """For one person: a working day more, as far as the meeting leaves one."""
    last, starts_at = max(survey.closes_for, clock.now()), survey.meeting.starts_at
    proposed = datetime.combine(working_days.workdays_after(timezone.localdate(last), 1), CLOSING_TIME, TOKYO)
    return min(proposed, starts_at) if starts_at and starts_at > last else proposed


def reminds_on(meeting: Meeting) -> date | None:
    """The working day before the deadline, unless the call is then at most a working day old."""
    survey = getattr(meeting, "survey", None)
    if survey is None or meeting.announced_at is None or not survey.reminds:
        return None
    return working_days.propose_reminder(survey.closes_at, notice=timezone.localdate(meeting.announced_at))


def warnings(meeting: Meeting) -> list[str]:
    """What speaks against the planned day, to be weighed by a person."""
    if meeting.starts_at is None:
        return []
    found = [] if working_days.is_workday(meeting.day) else [_("開催日が%s") % ON_A_CLOSED_DAY]
    survey = getattr(meeting, "survey", None)
    if survey and survey.closes_at >= meeting.starts_at:
        found.append(_("入力フォームの回答期限が、会議の開始より後になっています。"))
    elif survey and survey.closes_at <= clock.now() and meeting.state == MeetingState.DRAFT:
        found.append(_("入力フォームの回答期限が過ぎています。開催通知を送る前に改めてください。"))
    return found + same_day(meeting, [meeting.day])[meeting.day]


def warnings_of_days(meeting: Meeting, days: Iterable[date]) -> dict[date, list[str]]:
    """The same of each day that is only a candidate."""
    asked = set(days)
    others = same_day(meeting, asked)
    closed = {day: [] if working_days.is_workday(day) else [_("この日は%s") % ON_A_CLOSED_DAY] for day in asked}
    return {day: closed[day] + others[day] for day in asked}


def same_day(meeting: Meeting, days: Collection[date]) -> dict[date, list[str]]:
    """Other meetings; of other groups what is no secret: neither a closed one, nor a plan nobody was told of."""
    known = Q(group=meeting.group_id) | Q(group__is_public=True, state__in=KNOWN)
    others = Meeting.objects.standing().filter(known, starts_at__date__in=days).exclude(pk=meeting.pk)
    found: dict[date, list[str]] = {day: [] for day in days}
    for other in others.select_related("group"):
        found[other.day].append(_("同じ日に%sがあります。") % other)
    return found


def deadline_of_dates() -> datetime:
    """Until when people are asked on which days they can come."""
    return working_days.propose_deadline(working_days.workdays_after(clock.today(), 10), notice=clock.today())


class Offer(NamedTuple):
    """A line of what somebody proposes as a theme. `fits`: as it is; else the desk puts it shorter."""

    sheet: IntroSheet
    text: str
    fits: bool


def problems_offered(meeting: Meeting) -> list[Offer]:
    """困り事 that their writers offered, without what is a theme already."""
    offered = IntroSheet.objects.offered().filter(membership__group=meeting.group)
    sheets = offered.select_related("membership__user").order_by("membership__order", "pk")
    lines = [(sheet, line) for sheet in sheets for line in lines_of(sheet)]
    if not lines:
        return []
    known = set(meeting.themes.filter(proposed_in=None).values_list("title", flat=True))
    most = Theme._meta.get_field("title").max_length or 0
    return [Offer(sheet, line, len(line) <= most) for sheet, line in lines if line not in known]


def lines_of(sheet: IntroSheet) -> list[str]:
    """Who has several problems writes each in a line."""
    return [line.strip() for line in sheet.problems.splitlines() if line.strip()]
