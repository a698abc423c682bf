"""Who is asked and what each of them said: counted by the database, and read a page at a time."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Count,
    DateField,
    DateTimeField,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from foundation.db.prepared import Blank, prepared
from foundation.mail.models import Email
from foundation.mail.states import EmailState
from meetings.models import LateReply, Meeting, Question, Reply, SurveyExtension
from meetings.models.survey import answers_of, opinions_of, themes_of
from meetings.states import MeetingState, Mode, QuestionState
from members import names
from members.models import Membership
from members.models.membership import MembershipQuerySet
from members.states import COUNTED

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ANSWERED, UNANSWERED = "answered", "unanswered"
# As the list calls them: who takes part how, and who has not said.
WAYS: "dict[str, StrOrPromise]" = {
    Mode.VENUE: _("会場"),
    Mode.ONLINE: _("オンライン"),
    Mode.ABSENT: _("欠席"),
    UNANSWERED: _("未回答"),
}
# Of a meeting in writing: nobody takes part in one way or another.
WAYS_IN_WRITING: "dict[str, StrOrPromise]" = {ANSWERED: _("回答済み"), UNANSWERED: _("未回答")}


def ways(meeting: Meeting) -> "dict[str, StrOrPromise]":
    return WAYS_IN_WRITING if meeting.is_written else WAYS


class Pick(NamedTuple):
    label: "StrOrPromise"
    which: Q


FILTERS = {
    "": Pick(_("全員"), Q()),
    UNANSWERED: Pick(_("未回答"), Q(way=UNANSWERED)),
    "confirm": Pick(_("再確認待ち"), Q(to_confirm=True)),
    "substitute": Pick(_("代理出席"), Q(is_substituted=True)),
    "questions": Pick(_("質問あり"), Q(question_count__gt=0)),
    "late": Pick(_("期限後に届いた内容あり"), Q(came_late=True)),
    "undelivered": Pick(_("不達・アドレス未登録"), Q(undelivered__isnull=False) | Q(address="")),
}
# Of a meeting in writing there is no day to which somebody comes.
OF_A_DAY = {"confirm", "substitute"}


def filters(meeting: Meeting) -> dict[str, Pick]:
    return {name: pick for name, pick in FILTERS.items() if not (meeting.is_written and name in OF_A_DAY)}


class AskingKind(NamedTuple):
    """By what the questions to the database differ between meetings; all else are values in them."""

    is_written: bool
    # Those who answered before the meeting was moved are asked again.
    asks_again: bool

    @classmethod
    def of(cls, meeting: Meeting) -> "AskingKind":
        is_written = meeting.is_written
        return cls(is_written, meeting.state == MeetingState.ANNOUNCED and not is_written)


class Of(NamedTuple):
    """What is asked about here: one meeting, or any of its kind."""

    kind: AskingKind
    asked: MembershipQuerySet
    meeting: int | Blank
    survey: int | Blank | None
    starts_at: datetime | Blank | None
    # The keys of its letters.
    letters: str | Blank

    @classmethod
    def this(cls, meeting: Meeting) -> "Of":
        given = _values(meeting)
        own = given["meeting"], given["survey"], given["starts_at"], given["letters"]
        return cls(AskingKind.of(meeting), meeting.asked(), *own)

    @classmethod
    def any(cls, kind: AskingKind) -> "Of":
        """With places for what `_values()` has of each."""
        number, moment = BigIntegerField(), DateTimeField()
        people = Membership.objects.filter(group=Blank("group", number)).on(Blank("day", DateField())).counted()
        own = Blank("meeting", number), Blank("survey", number), Blank("starts_at", moment)
        return cls(kind, people, *own, Blank("letters", CharField()))


def _values(meeting: Meeting) -> dict[str, Any]:
    survey = getattr(meeting, "survey", None)
    return {
        "group": meeting.group_id,
        "day": meeting.day,
        "meeting": meeting.pk,
        "survey": survey.pk if survey else None,
        "starts_at": meeting.starts_at,
        "letters": rf"^meetings:\w+:{meeting.pk}:",
    }


def by_way(meeting: Meeting) -> Any:
    """The memberships in the order of the roster, each beside its answer, with all that is counted."""
    return _by_way(Of.this(meeting))


def _by_way(of: Of) -> Any:
    stands = _stands(of.kind)
    of_before = stands & ~Q(found_reply__said_for=of.starts_at) if of.kind.asks_again else Q(pk__in=[])
    given = Value(ANSWERED) if of.kind.is_written else F("found_reply__mode")
    own = FilteredRelation("replies", condition=Q(replies__survey=of.survey))
    return of.asked.annotate(
        found_reply=own,
        way=Case(When(stands, then=given), default=Value(UNANSWERED)),
        to_confirm=Case(When(of_before, then=Value(True)), default=Value(False)),
    ).in_roster_order()


def _stands(kind: AskingKind) -> Q:
    there = Q(found_reply__isnull=False, found_reply__withdrawn_at=None)
    return there & (Q(found_reply__mode="") if kind.is_written else ~Q(found_reply__mode=""))


def people(meeting: Meeting) -> Any:
    """The same, with all that the list of them shows annotated."""
    return _people(Of.this(meeting))


def people_with_answers(meeting: Meeting) -> Any:
    """The same, with what each said that stands in rows of its own."""
    replies = Reply.objects.filter(survey=getattr(meeting, "survey", None), membership=OuterRef("pk"))
    return people(meeting).annotate(
        chosen_themes=themes_of(replies),
        proposal=Subquery(replies.values("themes_proposed__title")[:1]),
        given=answers_of(replies),
        opined=opinions_of(replies),
    )


def _people(of: Of) -> Any:
    own: dict[str, Any] = {"survey": of.survey, "membership": OuterRef("pk")}
    substituted = When(_stands(of.kind), then=F("found_reply__is_substitute"))
    own_questions = _questions_of(of.meeting).filter(asker=OuterRef("pk")).order_by().values("asker")
    return (
        _by_way(of)
        .with_address()
        .annotate(
            is_substituted=Case(substituted, default=Value(False)),
            extended_until=Subquery(SurveyExtension.objects.filter(**own).values("until")),
            came_late=Exists(LateReply.objects.filter(dismissed_at=None, **own)),
            question_count=Coalesce(Subquery(own_questions.annotate(number=Count("pk")).values("number")), 0),
            undelivered=Subquery(_undelivered(of)),
        )
        .select_related("user", "found_reply")
    )


def questions_of(meeting: Meeting) -> Any:
    return _questions_of(meeting.pk)


def _questions_of(meeting: int | Blank) -> Any:
    asked = Question.objects.filter(meeting=meeting, reply__isnull=False)
    return asked.exclude(state=QuestionState.WITHDRAWN)


def _undelivered(of: Of) -> Any:
    """Over all letters of the meeting: what came back is more than a doubt.

    Of an address that was corrected since, nothing came back yet.
    """
    emails = Email.objects.about(of.letters).needing_a_person()
    own = emails.filter(to=OuterRef("user"), to_address=OuterRef("address"))
    return own.order_by("job__state").values("job__state")[:1]


@dataclass
class TallyRow:
    """One person on the list of those who are asked."""

    person: Membership
    reply: Reply | None = None
    # When they took back what they had answered.
    withdrawn_at: datetime | None = None
    extended_until: datetime | None = None
    # What became of a letter of this meeting that did not arrive, or nobody knows.
    undelivered: EmailState | None = None
    came_late: bool = False
    to_confirm: bool = False
    question_count: int = 0
    # For the files alone, which tell what was asked.
    questions: list[Question] = field(default_factory=list)

    @classmethod
    def of(cls, person: Any) -> "TallyRow":
        """`person` is one of `people()`."""
        reply: Reply | None = getattr(person, "found_reply", None)
        if reply:
            reply.membership = person
        return cls(
            person=person,
            reply=reply if person.way != UNANSWERED else None,
            withdrawn_at=reply.withdrawn_at if reply else None,
            extended_until=person.extended_until,
            undelivered=EmailState(person.undelivered) if person.undelivered else None,
            came_late=person.came_late,
            to_confirm=person.to_confirm,
            question_count=person.question_count,
        )

    @classmethod
    def whole(cls, person: Any) -> "TallyRow":
        """`person` is one of `people_with_answers()`."""
        row = cls.of(person)
        if row.reply:
            row.reply.given, row.reply.opined = person.given, person.opined
            row.reply.theme_ids, row.reply.proposal = person.chosen_themes, person.proposal
        return row

    @property
    def key(self) -> str:
        return str(self.person.pk)

    @cached_property
    def name(self) -> str:
        return str(self.person.user)

    @cached_property
    def title(self) -> str:
        return names.with_title(self.person.department_name, self.person.job_title)

    @property
    def needs_another_way(self) -> bool:
        """No email reaches this person: paper or telephone does."""
        return self.undelivered is not None or not self.person.user.address

    @property
    def values(self) -> dict[int, Any]:
        """What was said to the desk's own questions."""
        return {row["field_id"]: row["value"] for row in self.reply.given} if self.reply else {}

    @property
    def words(self) -> str:
        """What was written beside the choice."""
        answer = self.reply
        texts = [answer.arrival_note, answer.note, answer.written_opinion] if answer else []
        return "\n".join(text for text in texts if text)

    @cached_property
    def marks(self) -> "list[tuple[StrOrPromise, str]]":
        """What the desk sees to, in words and their colours."""
        marks = (
            (self.to_confirm, _("再確認待ち"), "orange"),
            (self.reply and self.reply.entered_by_desk, _("事務局入力"), "gray"),
            (self.came_late, _("期限後に届いた内容"), "orange"),
        )
        return [(words, colour) for is_so, words, colour in marks if is_so]

    @property
    def asked(self) -> "StrOrPromise":
        return _("%s件") % self.question_count if self.question_count else ""


@dataclass(frozen=True)
class Counts:
    """How many people of each category take part in each way."""

    of: Counter[tuple[str, str]]
    ways: "Mapping[str, StrOrPromise]" = field(default_factory=lambda: WAYS)
    # How many of those who answered did so before the meeting was moved.
    to_confirm: int = 0

    @property
    def silent(self) -> int:
        """Of whom an answer is waited for."""
        return self.figures[UNANSWERED] + self.to_confirm

    @property
    def figures(self) -> dict[str, int]:
        return {way: sum(self.of[category, way] for category in COUNTED) for way in self.ways}

    @property
    def total(self) -> int:
        return self.of.total()

    def chosen(self, category: str, way: str) -> int:
        """Of this category and this way; of all, where it is empty."""
        return sum(n for (own, said), n in self.of.items() if category in {"", own} and way in {"", said})

    @property
    def lines(self) -> "list[tuple[str, list[tuple[str, StrOrPromise, int]], int]]":
        """Each category that is asked, and below several the sum of all: its ways, and all of its people."""
        asked = [category for category in COUNTED if self.chosen(category, "")]
        return [
            (
                category,
                [(way, label, self.chosen(category, way)) for way, label in self.ways.items()],
                self.chosen(category, ""),
            )
            for category in [*asked, *([""] if len(asked) != 1 else [])]
        ]


@prepared
def _counted(kind: AskingKind) -> Any:
    numbers = {"number": Count("pk"), "again": Count("pk", filter=Q(to_confirm=True))}
    return _by_way(Of.any(kind)).order_by().values("category", "way").annotate(**numbers)


def count(meeting: Meeting) -> Counts:
    found = _counted(AskingKind.of(meeting)).run(**_values(meeting))
    of = Counter({(row["category"], row["way"]): row["number"] for row in found})
    return Counts(of, ways(meeting), to_confirm=sum(row["again"] for row in found))


@prepared
def _stretch(kind: AskingKind, show: str, by: tuple[str, ...], start: int, stop: int) -> Any:
    """Of whom a page tells stands in a query of its own, so that what is told is looked up for nobody else."""
    of = Of.any(kind)
    found = _people(of).filter(FILTERS[show].which) if show else _by_way(of)
    found = found.filter(**{name: Blank(name, CharField()) for name in by})
    return _people(of).filter(pk__in=found.values("pk")[start:stop])


def stretch(meeting: Meeting, start: int, stop: int, *, show: str = "", **by: str) -> list[TallyRow]:
    """Of the people whom `show` picks, of one category or one way, those from one place to another."""
    rows = _stretch(AskingKind.of(meeting), show, tuple(by), start, stop)
    return [TallyRow.of(person) for person in rows.run(**_values(meeting), **by)]
