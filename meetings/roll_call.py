"""The people of a meeting's day beside what they announced and what was recorded of them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Protocol

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from meetings.models import AttendanceRecord, Meeting, Reply
from meetings.models.attendance import attended
from meetings.states import Mode
from members import names
from members.models import WorkingGroup
from members.states import COUNTED

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class OnRoll(Protocol):
    """A membership of the meeting's day, or who came without one, and what is known of them."""

    pk: int
    name: str
    title: str
    category: str
    category_label: "StrOrPromise"
    planned: str | None
    planned_label: "StrOrPromise"
    mode: str | None
    seen: int
    substitute: str | None
    was_there: str
    planned_substitute: str | None


def roll_call(meeting: Meeting) -> list[OnRoll]:
    """Memberships in roster order, each with `planned` and `mode` (None: nothing said, nothing recorded)."""
    answers = Reply.objects.standing().filter(survey__meeting=meeting, membership=OuterRef("pk"))
    lines = AttendanceRecord.objects.filter(meeting=meeting, membership=OuterRef("pk"))
    people = meeting.group.memberships.on(meeting.day).select_related("user")
    people = people.annotate(
        planned=Subquery(answers.values("mode")),
        planned_substitute=Subquery(answers.values("substitute_name")),
        mode=Subquery(lines.values("mode")),
        seen=Coalesce(Subquery(lines.values("version")), 0),
        substitute=Subquery(lines.values("substitute_name")),
        arrived_at=Subquery(lines.values("arrived_at")),
        left_at=Subquery(lines.values("left_at")),
    )
    return [_in_words(person, meeting.group) for person in people.in_roster_order()]


def walk_ins(meeting: Meeting) -> list[OnRoll]:
    """Who came without being on the roster: nobody had asked them whether they would."""
    lines: list[Any] = list(meeting.roll.walk_ins())
    for line in lines:
        line.category_label = meeting.group.category(line.category)
        line.planned = line.planned_substitute = line.substitute = None
        line.planned_label = ""
    return lines


def _in_words(person: Any, group: WorkingGroup) -> OnRoll:
    person.name = names.roster(person.user)
    person.title = names.with_title(person.department_name, person.job_title)
    person.category_label = group.category(person.category)
    person.planned_label = Mode(person.planned).label if person.planned else ""
    person.was_there = attended(person.arrived_at, person.left_at)
    return person


def counted(people: Iterable[OnRoll]) -> list[tuple[str | None, bool]]:
    """Of each who is summed, how they took part and whether somebody stood in for them."""
    return [(person.mode, bool(person.substitute)) for person in people if person.category in COUNTED]


def figures(people: Iterable[OnRoll]) -> dict[str, int]:
    """How many of those who are summed came, took part online, stayed away; None: not recorded yet."""
    counted = [person.mode for person in people if person.category in COUNTED]
    return {"people": len(counted), "missing": counted.count(None), **{mode: counted.count(mode) for mode in Mode}}
