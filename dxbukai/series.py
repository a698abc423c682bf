"""What citizens are told of the meetings of public groups: which come next, each group's series at a glance."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models.functions import Coalesce

from foundation.db import clock
from meetings.models import Meeting
from meetings.models.meeting import MeetingQuerySet
from meetings.states import KNOWN, MeetingState
from members.models import WorkingGroup
from members.models.group import BY_YEAR
from reports.models import PublicReport

MOST_GROUPS = 6


def coming() -> MeetingQuerySet:
    """Meetings that were called and are not over, as the calendar of their group tells citizens too."""
    ends = Coalesce("ends_at", "starts_at")
    called = Meeting.objects.upcoming().kept().filter(group__is_public=True)
    return called.alias(over_at=ends).filter(over_at__gte=clock.now()).select_related("group")


class SeriesMeeting(NamedTuple):
    """One meeting of the series; without a day it is only planned."""

    number: int
    begins: datetime | None = None
    is_over: bool = False
    has_report: bool = False


class Series(NamedTuple):
    group: WorkingGroup
    places: list[SeriesMeeting]


def at_a_glance() -> list[Series]:
    """Of the newest fiscal year in which there are public groups."""
    found = list(WorkingGroup.objects.public().order_by(*BY_YEAR)[:MOST_GROUPS])
    groups = [group for group in found if group.fiscal_year == found[0].fiscal_year]
    known: dict[int, dict[int, SeriesMeeting]] = {group.pk: {} for group in groups}
    reported = set(PublicReport.objects.filter(group__in=groups).values_list("group", "number"))
    for row in _meetings(groups):
        has_report = (row["group"], row["number"]) in reported
        if has_report or row["announced_at"]:
            begins = row["held_from"] or row["starts_at"]
            is_over = row["state"] == MeetingState.HELD
            known[row["group"]][row["number"]] = SeriesMeeting(row["number"], begins, is_over, has_report)
    return [Series(group, _places(group, known[group.pk])) for group in groups]


def _meetings(groups: Iterable[WorkingGroup]) -> Iterable[dict[str, Any]]:
    names = ("group", "number", "state", "starts_at", "held_from", "announced_at")
    return Meeting.objects.filter(group__in=groups, state__in=KNOWN).order_by("number").values(*names)


def _places(group: WorkingGroup, known: dict[int, SeriesMeeting]) -> list[SeriesMeeting]:
    last = max([group.planned_meetings, *known])
    return [known.get(number, SeriesMeeting(number)) for number in range(1, last + 1)]
