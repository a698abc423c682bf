"""Which assignments a person's section still has before it, and what was made for them."""

import datetime as dt
from typing import Any

from django.db.models import Count, Q, QuerySet

from foundation.db import clock
from meetings.models import Assignment
from meetings.states import KNOWN, MeetingState
from members.models import Department, User, WorkingGroup
from opendata.states import VersionState

HANDED_IN = [VersionState.SUBMITTED, VersionState.PUBLISHED]


def open_for(user: User) -> QuerySet[Any]:
    """Those of the person's groups that are due at a meeting or on a day still to come; the nearest first.

    `handed_in` counts the data sets of the person's own departments that were made for it: what is done is
    derived, two members of a section may share one data set, and it counts before it is published.
    """
    own = Q(datasets__department__in=Department.objects.of(user), datasets__versions__state__in=HANDED_IN)
    to_be_held = Q(due_meeting__state__in=[MeetingState.DRAFT, MeetingState.ANNOUNCED])
    still_to_come = to_be_held | Q(due_meeting=None, due_at__gte=clock.now())
    return (
        Assignment.objects.filter(
            still_to_come,
            meeting__group__in=WorkingGroup.objects.joined_by(user),
            meeting__state__in=KNOWN,
        )
        .annotate(handed_in=Count("datasets", filter=own, distinct=True))
        .select_related("meeting__group", "due_meeting")
        .order_by("due_at", "due_meeting__starts_at", "id")
    )


def due(assignment: Assignment) -> dt.datetime | None:
    """The moment by which it is wanted: its own, or the beginning of the meeting at which it is due."""
    if assignment.due_at or assignment.due_meeting is None:
        return assignment.due_at
    return assignment.due_meeting.starts_at
