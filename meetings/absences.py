"""What somebody missed who was absent: one minute to read, made from rows and from nothing else."""

from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from foundation.calendar import wareki
from foundation.db import clock
from meetings import notices, snapshot
from meetings.models import Assignment, Meeting
from meetings.states import KNOWN, MeetingState, Mode
from members.models import Membership, User
from members.models.membership import MembershipQuerySet

# So long it stands on the home page, unless another is held before.
REMEMBERED = timedelta(days=90)


class InShort(NamedTuple):
    """As text alone: what was told of it once can be held against what is so now."""

    day: str
    decisions: list[str]
    # What is to be done, and until when.
    tasks: list[str]
    upcoming: str

    @property
    def says_more(self) -> bool:
        """Than that there was a meeting."""
        return bool(self.decisions or self.tasks or self.upcoming)


def in_short(meeting: Meeting, person: Membership) -> InShort:
    """For one person: what they need not do is not asked of them."""
    return InShort(_day(meeting), list(_decided(meeting)), list(_asked_of(meeting, person)), _upcoming(meeting))


def absent(meeting: Meeting) -> MembershipQuerySet:
    """Who is asked and was not there, nor anybody in their place."""
    away = meeting.roll.filter(mode=Mode.ABSENT).values("membership")
    return meeting.asked().filter(pk__in=away).select_related("user").in_roster_order()


def missed_by(user: User) -> list[tuple[Meeting, InShort]]:
    """The last meeting that each group of this person held, where they were absent."""
    later = Meeting.objects.filter(group=OuterRef("group"), number__gt=OuterRef("number"), state=MeetingState.HELD)
    own = user.memberships.current()
    away = {"roll__mode": Mode.ABSENT, "roll__membership__in": own.values("pk")}
    held = Meeting.objects.kept().filter(state=MeetingState.HELD, held_from__gte=clock.now() - REMEMBERED, **away)
    found = list(held.exclude(Exists(later)).select_related("group").order_by("-held_from"))
    people = {person.group_id: person for person in own.select_related("user")} if found else {}
    return [(meeting, in_short(meeting, people[meeting.group_id])) for meeting in found]


def _day(meeting: Meeting) -> str:
    assert meeting.held_from, "meetings_held_has_times"
    return wareki.date(meeting.held_from)


def _decided(meeting: Meeting) -> Iterator[str]:
    for election in meeting.elections.select_related("elected__user").order_by("id"):
        named = {"office": meeting.group.office(election.office), "person": election.elected.with_honorific}
        yield _("%(office)sに%(person)sを選出") % named


def _asked_of(meeting: Meeting, person: Membership) -> Iterator[str]:
    asked = meeting.assignments.exclude(exemptions__membership=person).select_related("due_meeting")
    for assignment in asked.order_by("id"):
        yield f"{assignment.title}（{_until(assignment)}）"


def _until(assignment: Assignment) -> str:
    due = assignment.due_meeting
    if assignment.due_at:
        return _("%sまで") % wareki.datetime(assignment.due_at)
    assert due, "meetings_assignment_is_due"
    day = f" {wareki.date(due.starts_at)}" if due.starts_at and _is_told(due, assignment.meeting) else ""
    return _("第%(number)s回%(day)sまで") % {"number": due.number, "day": day}


def _upcoming(meeting: Meeting) -> str:
    """As it was called since; before that, as it was told on the day, unless it was planned anew."""
    found = snapshot.following(meeting).first()
    if found is None:
        return ""
    number = _("第%s回") % found.number
    if not (found.starts_at and _is_told(found, meeting)):
        return _("%s（日程は、改めてお知らせします。）") % number
    where = f" {found.place_read}" if found.place and found.state in KNOWN else ""
    return f"{number} {notices.when(found)}{where}"


def _is_told(coming: Meeting, meeting: Meeting) -> bool:
    """Its people know the day of it: they were called, or heard it at the meeting, and it is still that day."""
    if coming.state in KNOWN:
        return True
    heard = snapshot.next_meeting(meeting.snapshot) if meeting.snapshot else None
    return heard is not None and (heard.number, heard.starts_at) == (coming.number, coming.starts_at)
