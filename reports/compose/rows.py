"""All rows that a report is made from, in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject

from meetings import in_writing, snapshot
from meetings.in_writing import Decided
from meetings.models import (
    AgendaItem,
    Answer,
    Assignment,
    AttendanceRecord,
    Meeting,
    Question,
    RecordEntry,
    SurveySection,
    Theme,
)
from meetings.models.material import MaterialVersion, of_the_day
from meetings.states import PRESENT, Mode
from members import names
from members.models import IntroSheet, Membership, MembershipTerm, OfficeTerm
from members.states import COUNTED, Category, Office, SheetState
from reports.formats.sentences import Next
from reports.models import Report, SentenceOverride, Style


@dataclass(frozen=True)
class Turnout:
    present: int = 0
    online: int = 0

    def __add__(self, other: "Turnout") -> "Turnout":
        return Turnout(self.present + other.present, self.online + other.online)


@dataclass
class Rows:
    """`day` is what was true on the day (the snapshot, or today's rows before one is taken); `today` is
    what the same rows say now; `upcoming` carries `section_kinds` and `theme_titles`.
    """

    meeting: Meeting
    items: list[AgendaItem]
    entries: list[RecordEntry]
    roll: dict[str, Turnout]
    roll_taken: bool
    assignments: list[Assignment]
    questions: list[Question]
    upcoming: Meeting | None
    terms: dict[int, MembershipTerm]
    # Of these, whose title somebody else in the group has as well.
    alike: set[int]
    today: dict[str, Any]
    report: Report
    style: Style
    first_day: dict[str, Any] | None
    overrides: dict[str, dict[str, str]]

    @property
    def day(self) -> dict[str, Any]:
        return self.meeting.snapshot or self.today

    @property
    def next(self) -> Next | None:
        pinned = snapshot.next_meeting(self.day)
        return Next(*pinned) if pinned else None

    @property
    def founders(self) -> dict[str, int]:
        """With how many the group was set up: those of its first meeting, whoever left or joined since."""
        founded_with = self.first_day and self.first_day["members"]
        # Nothing is known of who was there when the group first met before this portal.
        return founded_with or self.day["members"]

    @cached_property
    def people(self) -> list[AttendanceRecord]:
        """The roll by name, for styles that print it."""
        return list(self.meeting.roll.order_by("order", "id"))

    @cached_property
    def office_terms(self) -> dict[int, str]:
        terms = OfficeTerm.objects.on(self.meeting.day).filter(group=self.meeting.group)
        return dict(terms.values_list("membership", "office"))

    @cached_property
    def handouts(self) -> list[MaterialVersion]:
        """What was read, under its numbers; for styles that list it."""
        return of_the_day(self.meeting)

    @property
    def offices(self) -> dict[int, str]:
        """What the people of the roll were on that day, in the group's words."""
        return {pk: str(self.meeting.group.office(office)) for pk, office in self.office_terms.items()}

    @property
    def chair(self) -> AttendanceRecord | None:
        """The chair's line, where there is a chair and the roll was taken."""
        held = {pk for pk, office in self.office_terms.items() if office == Office.CHAIR}
        return next((one for one in self.people if one.membership_id in held), None)

    @property
    def chaired(self) -> AttendanceRecord | None:
        """The line of whoever was written down as chairing in the chair's place."""
        who = self.meeting.chaired_by_id
        return next((one for one in self.people if one.membership_id == who), None) if who else None

    @cached_property
    def outcome(self) -> Decided:
        """Of a meeting in writing."""
        return in_writing.outcome(self.meeting)

    def counted(self) -> Turnout:
        return sum((self.roll.get(category, Turnout()) for category in COUNTED), Turnout())

    def house_name(self, membership: Membership) -> str:
        """行政経営課長; 田口喜大氏: how a report names staff and experts.

        A title that another has as well says nobody: the name stands beside it.
        """
        term, named = self.terms.get(membership.pk), f"{names.full(membership.user)}氏"
        if term is None or term.category == Category.EXPERT or not term.job_title:
            return named
        return f"{term.house_title}の{named}" if term.pk in self.alike else term.house_title

    def is_expert(self, membership: Membership) -> bool:
        term = self.terms.get(membership.pk)
        return term is not None and term.category == Category.EXPERT


def read(meeting: Meeting, style: Style | None = None) -> Rows:
    """`meeting` itself is taken as it was just read; everything around it is read here.

    `style` is one that is tried.
    """
    items = list(meeting.items.select_related("presenter__user"))
    entries = _entries(meeting)
    questions = _questions(meeting)
    named = [meeting.chaired_by_id, *(item.presenter_id for item in items)]
    for entry in entries:
        if entry.election:
            named.append(entry.election.elected_id)
            named += [each.membership_id for each in entry.election.candidacies.all()]
        named.append(entry.speaker_id)
    named += [question.asker_id for question in questions if question.name_in_report]
    upcoming = _upcoming(meeting)
    roll, members = _counts(meeting)
    terms = _terms(meeting, named)
    report, own_style, first_day, overrides = _written(meeting)
    return Rows(
        meeting=meeting,
        items=items,
        entries=entries,
        roll=roll,
        roll_taken=bool(roll),
        assignments=list(meeting.assignments.select_related("due_meeting").order_by("id")),
        questions=questions,
        upcoming=upcoming,
        terms={term.membership_id: term for term in terms},
        alike={term.pk for term in terms if term.has_double},
        today=snapshot.of(members=members, upcoming=upcoming),
        report=report,
        style=style or own_style,
        first_day=first_day,
        overrides=overrides,
    )


def _written(meeting: Meeting) -> tuple[Report, Style, dict[str, Any] | None, dict[str, dict[str, str]]]:
    """What the desk wrote for this report, in which style, the day on which the group first met, and the sentences
    that were written anew, by the block.
    """
    first = Meeting.objects.standing().filter(group=OuterRef("group"), number=1).values("snapshot")[:1]
    told = Meeting.objects.filter(pk=meeting.pk).select_related("report", "group__style")
    anew = SentenceOverride.objects.filter(report__meeting=OuterRef("pk")).order_by("id")
    written = JSONObject(key="key", words="words", reason="reason", computed="computed")
    overrides = ArraySubquery(anew.values(json=written))
    found = told.annotate(first_day=Subquery(first), overrides=overrides).get()
    report = getattr(found, "report", None) or Report()
    style = Style(**report.style) if report.style else getattr(found.group, "style", None) or Style()
    return report, style, found.first_day, {one["key"]: one for one in found.overrides}


def _entries(meeting: Meeting) -> list[RecordEntry]:
    sheets = IntroSheet.objects.filter(membership__group=meeting.group_id).exclude(state=SheetState.DRAFT)
    entries = (
        meeting.entries.standing()
        .select_related("election__elected__user", "speaker__user")
        .prefetch_related("election__candidacies__membership__user")
    )
    # Those that were disposed of were handed in.
    handed_in = Exists(sheets) | Q(meeting__group__sheets_disposed_on__isnull=False)
    before = Meeting.objects.standing().filter(group=meeting.group_id, number__lt=meeting.number)
    last = Subquery(before.order_by("-number").values("number")[:1])
    told = entries.annotate(has_sheets=handed_in, previous_number=last)  # type: ignore[no-redef]  # RecordEntry declares it
    return list(told.order_by("section", "item__order", "order", "id"))


def _counts(meeting: Meeting) -> tuple[dict[str, Turnout], dict[str, int]]:
    """Who came and who was appointed, by category, in one query; a line without a mode counts appointments."""
    came = AttendanceRecord.objects.filter(meeting=meeting).order_by()
    lines = came.values_list("category", "mode").annotate(Count("id"))
    terms = snapshot.terms_on_the_day(meeting).values_list("category", Value("")).annotate(Count("id"))
    roll: dict[str, Turnout] = {}
    members: dict[str, int] = {}
    for category, mode, people in lines.union(terms, all=True):
        if not mode:
            members[category] = people
            continue
        present = people if mode in PRESENT else 0
        online = people if mode == Mode.ONLINE else 0
        roll[category] = roll.get(category, Turnout()) + Turnout(present, online)
    return roll, members


def _questions(meeting: Meeting) -> list[Question]:
    questions = meeting.questions.standing().in_report().order_by("order", "id")
    answers = Answer.objects.filter(question=OuterRef("pk")).order_by("order", "id")
    replies = ArraySubquery(answers.values(json=JSONObject(pk="pk", text="text")))
    told = questions.select_related("asker__user")
    return list(told.annotate(replies=replies))  # type: ignore[no-redef]  # Question declares it


def _upcoming(meeting: Meeting) -> Meeting | None:
    sections = SurveySection.objects.filter(survey__meeting=OuterRef("pk"))
    examples = Theme.objects.examples().filter(meeting=OuterRef("pk")).order_by("order", "id")
    meetings = snapshot.following(meeting).annotate(  # type: ignore[no-redef]  # Meeting declares them
        section_kinds=ArraySubquery(sections.values("kind")),
        theme_titles=ArraySubquery(examples.values("title")),
    )
    return meetings.first()


def _terms(meeting: Meeting, memberships: Iterable[int | None]) -> list[Any]:
    """What the people named in the report were on that day, and whether another was called the same."""
    terms = MembershipTerm.objects.on(meeting.day)
    same = {name: OuterRef(name) for name in ("affiliation", "job_title")}
    others = terms.alias(section=Coalesce("department", 0)).filter(
        section=Coalesce(OuterRef("department"), 0), membership__group=meeting.group_id, **same
    )
    found = terms.filter(membership__in=[pk for pk in memberships if pk]).select_related("department__parent")
    return list(found.annotate(has_double=Exists(others.exclude(membership=OuterRef("membership")))))
