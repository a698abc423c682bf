"""Which assignments people have before them, and what was made for them.

What is done is derived: the data sets that somebody's own section made for the assignment, from the moment they
are handed in, published or not. Two of a section may share one. Whoever works in no section of the town cannot
hand anything in and is not asked; whoever is exempt is not asked either.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, Q, QuerySet
from django.utils import timezone

from foundation.db import clock
from meetings.models import Assignment, Exemption
from meetings.states import KNOWN, MeetingState
from members.models import Department, Membership, Posting, User, WorkingGroup
from members.models.membership import MembershipQuerySet
from opendata.models import DatasetVersion
from opendata.states import HANDED_IN, NOT_ASKED, HandIn, VersionState

# Of several versions and data sets what is furthest counts.
FURTHEST = [HandIn.PUBLISHED, HandIn.SUBMITTED, HandIn.KEPT, HandIn.RETURNED, HandIn.DRAFT]


def still_to_come() -> QuerySet[Assignment]:
    """Due at a meeting or on a day still to come, the nearest first."""
    to_be_held = Q(due_meeting__state__in=[MeetingState.DRAFT, MeetingState.ANNOUNCED])
    still = to_be_held | Q(due_meeting=None, due_at__gte=clock.now())
    found = Assignment.objects.filter(still, meeting__state__in=KNOWN)
    return found.select_related("meeting__group", "due_meeting").order_by("due_at", "due_meeting__starts_at", "id")


def open_for(user: User) -> QuerySet[Any]:
    """Those that this person is asked for; `handed_in` counts what their own departments made for each."""
    own = Q(datasets__department__in=Department.objects.of(user), datasets__versions__state__in=HANDED_IN)
    asked = still_to_come().filter(
        Exists(Department.objects.of(user)), meeting__group__in=WorkingGroup.objects.joined_by(user)
    )
    asked = asked.exclude(pk__in=Exemption.objects.filter(membership__user=user).values("assignment"))
    return asked.annotate(handed_in=Count("datasets", filter=own, distinct=True))


def due(assignment: Assignment) -> dt.datetime | None:
    """The moment by which it is wanted: its own, or the beginning of the meeting at which it is due."""
    if assignment.due_at or assignment.due_meeting is None:
        return assignment.due_at
    return assignment.due_meeting.starts_at


@dataclass
class PersonsPart:
    person: Membership
    state: HandIn
    titles: list[str] = field(default_factory=list)
    reason: str = ""


@dataclass
class AssignmentProgress:
    assignment: Assignment
    parts: list[PersonsPart]

    @property
    def asked(self) -> list[PersonsPart]:
        return [part for part in self.parts if part.state not in NOT_ASKED]

    @property
    def done(self) -> int:
        return sum(part.state in HANDED_IN for part in self.asked)

    @property
    def due(self) -> dt.datetime | None:
        return due(self.assignment)


def of_group(group: WorkingGroup) -> list[AssignmentProgress]:
    """For its desk: what is still to come."""
    found = list(still_to_come().filter(meeting__group=group))
    return progress(found, group.memberships.current().counted().select_related("user")) if found else []


def of_person(user: User) -> list[tuple[Assignment, PersonsPart]]:
    """For their own page: where they stand with each that they are asked for, or were until they were exempt."""
    found = list(still_to_come().filter(meeting__group__in=WorkingGroup.objects.joined_by(user)))
    people = user.memberships.current().counted().select_related("user")
    mine = [(each.assignment, part) for each in progress(found, people) for part in each.parts] if found else []
    return [(assignment, part) for assignment, part in mine if part.state != HandIn.NO_SECTION]


def people_of(assignment: Assignment) -> MembershipQuerySet:
    """The members and experts of today, of one that is over those of the day it was due."""
    moment = due(assignment)
    day = min(clock.today(), timezone.localdate(moment)) if moment else clock.today()
    people = assignment.meeting.group.memberships.on(day).counted()
    return people.select_related("user").in_roster_order()


def progress(assignments: Sequence[Assignment], people: Iterable[Membership]) -> list[AssignmentProgress]:
    """Of each who is asked: in as many queries for many as for few."""
    people = list(people)
    sections: dict[int, set[int]] = defaultdict(set)
    postings = Posting.objects.current().filter(user__in=[person.user_id for person in people])
    for user, section in postings.values_list("user_id", "department_id"):
        sections[user].add(section)
    made = _made_for(assignments)
    rows = Exemption.objects.filter(assignment__in=assignments)
    reasons = {(row.assignment_id, row.membership_id): row.reason for row in rows}
    return [
        AssignmentProgress(
            each,
            [
                _part(person, sections[person.user_id], made[each.pk], reasons.get((each.pk, person.pk), ""))
                for person in people
                if person.group_id == each.meeting.group_id
            ],
        )
        for each in assignments
    ]


Made = dict[int, list[tuple[str, str]]]


def _made_for(assignments: Sequence[Assignment]) -> dict[int, Made]:
    """Of each assignment by section: how far each data set is, and what its newest version is called."""
    versions = DatasetVersion.objects.filter(dataset__assignment__in=assignments).order_by("dataset", "number")
    names = ("dataset__assignment_id", "dataset__department_id", "dataset_id", "state", "title")
    found: dict[int, dict[int, dict[int, tuple[str, str]]]] = defaultdict(lambda: defaultdict(dict))
    for assignment, section, dataset, state, title in versions.values_list(*names):
        before = found[assignment][section].get(dataset)
        public = before is not None and before[0] == VersionState.PUBLISHED
        found[assignment][section][dataset] = (VersionState.PUBLISHED if public else state, title)
    made: dict[int, Made] = defaultdict(dict)
    for assignment, by_section in found.items():
        made[assignment] = {section: list(datasets.values()) for section, datasets in by_section.items()}
    return made


def _part(person: Membership, sections: set[int], made: Made, reason: str) -> PersonsPart:
    own = [dataset for section in sections for dataset in made.get(section, [])]
    titles = [title for _state, title in own]
    if reason:
        return PersonsPart(person, HandIn.EXEMPT, titles, reason)
    if not sections:
        return PersonsPart(person, HandIn.NO_SECTION)
    states = {state for state, _title in own}
    return PersonsPart(person, next((part for part in FURTHEST if part in states), HandIn.NOTHING), titles)
