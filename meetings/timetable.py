"""When each item of an agenda is to begin and to end, and how late a meeting is: by its plan and its clock."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from django.utils import timezone

from foundation.calendar import wareki
from meetings.models import AgendaItem, Meeting
from meetings.states import ItemKind

A_MINUTE, A_DAY = timedelta(minutes=1), timedelta(days=1)


class Slot(NamedTuple):
    """Of an item; nothing where the plan does not say."""

    item: AgendaItem
    begins: datetime | None
    ends: datetime | None

    @property
    def is_planned(self) -> bool:
        """Beyond that the meeting has a beginning."""
        return self.ends is not None or self.item.begins is not None

    @property
    def span(self) -> str:
        """午後1時～1時30分"""
        if self.begins is None:
            return ""
        return wareki.time_range(self.begins, self.ends) if self.ends else wareki.time(self.begins)

    @property
    def begun(self) -> str:
        return wareki.time(self.item.begun_at) if self.item.begun_at else ""


class Running(NamedTuple):
    """How the day goes: which item should run now, which one does, and by how many minutes it is behind."""

    planned: Slot | None
    actual: Slot | None
    # Below nothing: it is ahead. None where there is no plan to hold it against.
    late: int | None

    @property
    def early(self) -> int:
        return -self.late if self.late and self.late < 0 else 0


def timetable(meeting: Meeting, items: Iterable[AgendaItem]) -> list[Slot]:
    """From the time that an item names, or else from when the one before it ends."""
    found, at = [], meeting.starts_at
    for item in items:
        begins = _named(meeting, item) or at
        minutes = _minutes(meeting, item)
        at = begins + minutes * A_MINUTE if begins and minutes else None
        found.append(Slot(item, begins, at))
    return found


def running(slots: Sequence[Slot], now: datetime) -> Running:
    """Where nobody has said which item runs, nothing is known of how late one is."""
    begun = [slot for slot in slots if slot.begins and slot.begins <= now]
    planned = begun[-1] if begun else None
    if planned and planned.ends and planned == slots[-1] and planned.ends <= now:
        planned = None
    said = [slot for slot in slots if slot.item.begun_at]
    actual = max(said, key=lambda slot: (slot.item.begun_at, slot.item.order), default=None)
    return Running(planned, actual, _late(actual, now) if actual else None)


def _late(slot: Slot, now: datetime) -> int | None:
    """From when it began; once it takes longer than planned, from when it was to end. Half a day is no delay."""
    begun = slot.item.begun_at
    if slot.begins is None or begun is None:
        return None
    behind = begun - slot.begins
    if slot.ends:
        behind = max(behind, now - slot.ends)
    return int(behind / A_MINUTE) if abs(behind) < A_DAY / 2 else None


def _named(meeting: Meeting, item: AgendaItem) -> datetime | None:
    """On the meeting's day, or on the next where it goes past midnight."""
    if item.begins is None or meeting.starts_at is None:
        return None
    start = timezone.localtime(meeting.starts_at)
    at = timezone.make_aware(datetime.combine(start.date(), item.begins))
    return at + A_DAY if at < start else at


def _minutes(meeting: Meeting, item: AgendaItem) -> int:
    if item.minutes or item.kind != ItemKind.INTRODUCTIONS or not item.minutes_each:
        return item.minutes or 0
    return item.minutes_each * meeting.asked_count
