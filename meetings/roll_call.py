"""The people of a meeting's day beside what they announced and what was recorded of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from meetings.models import AttendanceRecord, Meeting, Reply
from meetings.models.attendance import attended
from meetings.models.record import AttendanceRecordQuerySet
from meetings.models.survey import ReplyQuerySet
from meetings.states import Mode
from members import names
from members.models import WorkingGroup
from members.models.membership import MembershipQuerySet
from members.states import COUNTED, Category

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


# More people are shown section by section.
MOST = 100


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
    department_name: str


def roll_call(meeting: Meeting, *, only: int | None = None) -> list[OnRoll]:
    """Memberships in roster order, each with `planned` and `mode` (None: nothing said, nothing recorded)."""
    answers, lines = _said_and_recorded(meeting)
    people = _with_marks(meeting).select_related("user")
    people = people.filter(pk=only) if only else people
    people = people.annotate(
        planned_substitute=Subquery(answers.values("substitute_name")),
        seen=Coalesce(Subquery(lines.values("version")), 0),
        arrived_at=Subquery(lines.values("arrived_at")),
        left_at=Subquery(lines.values("left_at")),
    )
    return [_in_words(person, meeting.group) for person in people.in_roster_order()]


def _said_and_recorded(meeting: Meeting) -> tuple[ReplyQuerySet, AttendanceRecordQuerySet]:
    answers = Reply.objects.standing().filter(survey__meeting=meeting, membership=OuterRef("pk"))
    return answers, AttendanceRecord.objects.filter(meeting=meeting, membership=OuterRef("pk"))


def _with_marks(meeting: Meeting) -> MembershipQuerySet:
    answers, lines = _said_and_recorded(meeting)
    return meeting.group.memberships.on(meeting.day).annotate(
        planned=Subquery(answers.values("mode")),
        mode=Subquery(lines.values("mode")),
        substitute=Subquery(lines.values("substitute_name")),
    )


def walk_ins(meeting: Meeting) -> list[OnRoll]:
    """Who came without being on the roster: nobody had asked them whether they would."""
    lines: list[Any] = list(meeting.roll.walk_ins())
    for line in lines:
        line.category_label = meeting.group.category(line.category)
        line.planned = line.planned_substitute = line.substitute = None
        line.planned_label = line.department_name = ""
    return lines


def _in_words(person: Any, group: WorkingGroup) -> OnRoll:
    person.name = names.roster(person.user)
    person.title = names.with_title(person.department_name, person.job_title)
    person.category_label = group.category(person.category)
    person.mode_label = Mode(person.mode).label if person.mode else ""
    person.planned_label = Mode(person.planned).label if person.planned else ""
    person.was_there = attended(person.arrived_at, person.left_at)
    return person


@dataclass(frozen=True)
class RollTally:
    """How the roll stands. `counted`: of each who is summed, how they took part and whether somebody stood in."""

    counted: list[tuple[str | None, bool]]
    # How the counted who are on no roster took part.
    besides: list[str]
    # Who is not written down yet: of them those who had answered, and those who are summed and had not.
    planned: int
    rest: int

    @property
    def figures(self) -> dict[str, int]:
        """How many of those who are summed came, took part online, stayed away, are not recorded yet."""
        modes = [mode for mode, _is_substitute in self.counted] + self.besides
        return {"people": len(modes), "missing": modes.count(None), **{mode: modes.count(mode) for mode in Mode}}


def tally(meeting: Meeting) -> RollTally:
    """In two queries that read no name."""
    people: QuerySet[Any] = _with_marks(meeting).order_by()
    rows = list(people.values_list("category", "mode", "planned", "substitute"))
    besides = meeting.roll.walk_ins().filter(category__in=COUNTED).values_list("mode", flat=True)
    unmarked = [(category in COUNTED, planned) for category, mode, planned, _substitute in rows if mode is None]
    return RollTally(
        counted=[(mode, bool(substitute)) for category, mode, _planned, substitute in rows if category in COUNTED],
        besides=list(besides),
        planned=len([planned for _counts, planned in unmarked if planned]),
        rest=len([planned for counts, planned in unmarked if counts and not planned]),
    )


class RollSection(NamedTuple):
    """A part of a roll that is too long for one page: a section of the town hall, or a category."""

    name: str
    people: list[OnRoll]


def sections(people: Iterable[OnRoll]) -> list[RollSection]:
    """In roster order, none longer than one page; those from outside stand together, whoever sent them."""
    found: dict[str, list[OnRoll]] = {}
    for person in people:
        own = person.department_name if person.category == Category.MEMBER else ""
        found.setdefault(own or str(person.category_label), []).append(person)
    return [part for name, those in found.items() for part in _pages_of(name, those)]


def _pages_of(name: str, people: list[OnRoll]) -> list[RollSection]:
    pages = [people[at : at + MOST] for at in range(0, len(people), MOST)]
    if len(pages) == 1:
        return [RollSection(name, people)]
    return [RollSection(f"{name}（{number}）", page) for number, page in enumerate(pages, 1)]
