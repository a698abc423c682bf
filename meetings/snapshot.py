"""What was true on the day of a meeting: pinned when it is held, held against today's rows ever after."""

from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef
from django.utils.dateparse import parse_datetime

from foundation.db import clock
from meetings import in_writing
from meetings.models import Meeting
from meetings.models.meeting import MeetingQuerySet
from members.models import MembershipTerm
from members.models.terms import DatedQuerySet


class Announced(NamedTuple):
    """The next meeting as it was known that day; without a day there may be a rough one."""

    number: int
    starts_at: datetime | None
    date_note: str


def take(meeting: Meeting) -> dict[str, Any]:
    """The snapshot as the meeting keeps it: JSON."""
    taken = of(members=members_on_the_day(meeting), upcoming=following(meeting).first())
    decided = in_writing.pin(meeting)
    return taken if decided is None else taken | {in_writing.NAME: decided}


def of(*, members: dict[str, int], upcoming: Meeting | None) -> dict[str, Any]:
    return {"members": members, "next": upcoming and _announced(upcoming)}


def members_on_the_day(meeting: Meeting) -> dict[str, int]:
    return dict(terms_on_the_day(meeting).values_list("category").annotate(Count("id")))


def terms_on_the_day(meeting: Meeting) -> DatedQuerySet[MembershipTerm]:
    return MembershipTerm.objects.on(meeting.day).filter(group=meeting.group_id).order_by()


def entered_late(meeting: Meeting) -> list[MembershipTerm]:
    """First terms that began between the meeting's day and today: joined since, or entered late."""
    day, today = meeting.day, clock.today()
    if day >= today:
        return []
    same, earlier = OuterRef("membership"), OuterRef("valid_from")
    before = MembershipTerm.objects.filter(membership=same, valid_from__lt=earlier)
    first = MembershipTerm.objects.filter(~Exists(before), group=meeting.group_id)
    late = first.filter(valid_from__gt=day, valid_from__lte=today)
    return list(late.select_related("membership__group", "membership__user").order_by("membership__order", "pk"))


def following(meeting: Meeting) -> MeetingQuerySet:
    """The group's meetings above this one that stand, the next one first."""
    return Meeting.objects.after(meeting)


def next_meeting(snapshot: dict[str, Any]) -> Announced | None:
    """The next meeting as it was announced that day."""
    pinned = snapshot["next"]
    if pinned is None:
        return None
    starts_at = pinned["starts_at"] and parse_datetime(pinned["starts_at"])
    return Announced(pinned["number"], starts_at, pinned.get("date_note", ""))


def _announced(meeting: Meeting) -> dict[str, Any]:
    starts_at = meeting.starts_at and meeting.starts_at.isoformat()
    return {"number": meeting.number, "starts_at": starts_at, "date_note": meeting.date_note}
