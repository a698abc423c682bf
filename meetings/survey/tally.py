"""What was answered so far: one read for the page, the print and the CSV, in a fixed number of queries."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy

from foundation.mail.models import Email
from foundation.mail.states import EmailState
from meetings.models import LateReply, Meeting, Question, Reply, Survey, SurveyExtension, SurveyField, Theme
from meetings.states import CHOOSING, FieldKind, Mode, QuestionState
from meetings.survey.answers import in_words
from meetings.survey.section import Told
from meetings.survey.sections import in_order
from meetings.survey.sections._questions import target_of
from members import names
from members.models import Membership
from tablecheck.formulas import safe

UNANSWERED = "unanswered"
FILTERS = {
    "": gettext_lazy("全員"),
    UNANSWERED: gettext_lazy("未回答"),
    "questions": gettext_lazy("質問あり"),
    "undelivered": gettext_lazy("不達・アドレス未登録"),
}


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
    questions: list[Question] = field(default_factory=list)

    @property
    def mode(self) -> str:
        return self.reply.mode if self.reply else UNANSWERED

    @property
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
    def words(self) -> list[str]:
        """What was written beside the choice."""
        answer = self.reply
        texts = [answer.arrival_note, answer.note, answer.written_opinion] if answer else []
        return [text for text in texts if text]

    def stands_in(self, name: str) -> bool:
        return {
            UNANSWERED: self.reply is None,
            "questions": bool(self.questions),
            "undelivered": self.needs_another_way,
        }.get(name, True)


@dataclass
class FieldResult:
    """What was said to one of the desk's own questions: how often each choice, or each text with its writer."""

    asked: SurveyField
    counts: list[tuple[str, int]] = field(default_factory=list)
    texts: list[tuple[TallyRow, str]] = field(default_factory=list)
    total: Decimal | None = None


@dataclass
class Tally:
    rows: list[TallyRow]
    questions: list[Question]
    themes: Sequence[Theme]
    # The form's sections in its order, and its desk's own questions: those that are asked, or were answered.
    kinds: Sequence[str] = ()
    fields: Sequence[SurveyField] = ()

    def count(self, mode: str) -> int:
        return sum(row.mode == mode for row in self.rows)

    @property
    def figures(self) -> dict[str, int]:
        return {mode: self.count(mode) for mode in [*Mode.values, UNANSWERED]}

    def filtered(self, name: str) -> list[TallyRow]:
        return [row for row in self.rows if row.stands_in(name)]

    @property
    def parts(self) -> list[str]:
        """The templates that sum up its sections, in the order of the form."""
        names = (section.tally_template for section in in_order(self.kinds))
        return list(dict.fromkeys(filter(None, names)))

    @property
    def field_results(self) -> list[FieldResult]:
        return [_result(asked, self.rows) for asked in self.fields]

    def questions_by_target(self) -> list[tuple[str, list[Question]]]:
        """Under the person or the talk that they are asked of, in the order of the roster."""
        groups: dict[str, list[Question]] = {}
        for question in self.questions:
            groups.setdefault(target_of(question), []).append(question)
        return list(groups.items())


def tally(meeting: Meeting) -> Tally:
    late = LateReply.objects.filter(survey__meeting=meeting, membership=OuterRef("pk"), dismissed_at=None)
    people = meeting.asked().select_related("user").in_roster_order().annotate(came_late=Exists(late))
    rows = {person.pk: TallyRow(person=person, came_late=person.came_late) for person in people}
    questions = list(_questions(meeting))
    for reply in (
        Reply.objects.with_themes().with_given().filter(survey__meeting=meeting).select_related("membership")
    ):
        if reply.membership_id not in rows:
            continue
        if reply.stands:
            rows[reply.membership_id].reply = reply
        rows[reply.membership_id].withdrawn_at = reply.withdrawn_at
    for extension in SurveyExtension.objects.filter(survey__meeting=meeting, membership__in=rows):
        rows[extension.membership_id].extended_until = extension.until
    for question in questions:
        if question.addressee_id in rows:
            question.addressee = rows[question.addressee_id].person
        if question.asker_id in rows:
            rows[question.asker_id].questions.append(question)
    undelivered = _undelivered(meeting)
    for row in rows.values():
        row.undelivered = undelivered.get((row.person.user_id, row.person.user.address))
    counted = Theme.objects.standing().filter(meeting=meeting).counted()
    themes = list(counted.order_by(F("proposed_in").asc(nulls_first=True), "order", "id"))
    found = list(rows.values())
    kinds, fields = _form(meeting, found)
    return Tally(rows=found, questions=questions, themes=themes, kinds=kinds, fields=fields)


def _form(meeting: Meeting, rows: Sequence[TallyRow]) -> tuple[list[str], list[SurveyField]]:
    survey = Survey.objects.with_form().filter(meeting=meeting).first()
    if survey is None:
        return [], []
    answered = {pk for row in rows for pk in row.values}
    fields = [SurveyField(**row) for row in survey.own_fields]
    return survey.kinds, [asked for asked in fields if asked.retired_at is None or asked.pk in answered]


def _result(asked: SurveyField, rows: Sequence[TallyRow]) -> FieldResult:
    said = [(row, row.values[asked.pk]) for row in rows if asked.pk in row.values]
    if asked.kind in CHOOSING:
        chosen = Counter(each for _row, value in said for each in (value if isinstance(value, list) else [value]))
        return FieldResult(asked, counts=[(option, chosen[option]) for option in asked.options])
    texts = [(row, in_words(asked, value)) for row, value in said]
    numbers = [Decimal(value) for _row, value in said] if asked.kind == FieldKind.NUMBER else []
    return FieldResult(asked, texts=texts, total=sum(numbers, Decimal()) if numbers else None)


def _questions(meeting: Meeting) -> QuerySet[Question]:
    """What the form of this meeting asked; what was said at the meeting is the record's."""
    asked = Question.objects.filter(meeting=meeting, reply__isnull=False)
    return (
        asked.exclude(state=QuestionState.WITHDRAWN)
        .select_related("asker__user", "addressee__user", "item")
        .order_by("item__order", "addressee__order", "addressee__user__kana_key", "id")
    )


def _undelivered(meeting: Meeting) -> dict[tuple[int | None, str], EmailState]:
    """Of each person and address, over all letters of the meeting: what came back is more than a doubt.

    Of an address that was corrected since, nothing came back yet.
    """
    emails = Email.objects.about(rf"^meetings:\w+:{meeting.pk}:").needing_a_person()
    found = emails.order_by("-job__state").values_list("to", "to_address", "job__state")
    return {(person, address): EmailState(state) for person, address, state in found}


# CSV

WHO, WHEN = (gettext_lazy("氏名"), gettext_lazy("所属・職名")), (gettext_lazy("回答日時"), gettext_lazy("入力"))


def csv_rows(found: Tally) -> Iterator[list[str]]:
    """A column for everything that a section of any survey can hold, in the order of this one."""
    sections = in_order(found.kinds)
    columns = [column for section in sections for column in section.headings(found.fields)]
    yield [safe(str(column)) for column in (*WHO, *columns, *WHEN)]
    titles = {theme.pk: theme.title for theme in found.themes}
    for row in found.rows:
        yield [safe(cell) for cell in _cells(row, len(columns), found, titles)]


def _cells(row: TallyRow, columns: int, found: Tally, titles: dict[int, str]) -> list[str]:
    who = [names.spaced(row.person.user), row.title]
    if row.reply is None:
        return [*who, _("未回答"), *[""] * (columns + len(WHEN) - 1)]
    told = Told(row.reply, row.questions, titles, found.fields, row.values)
    return [
        *who,
        *(cell for section in in_order(found.kinds) for cell in section.cells(told)),
        f"{timezone.localtime(row.reply.changed_at):%Y-%m-%d %H:%M}",
        _("事務局") if row.reply.entered_by_id != row.person.user_id else _("本人"),
    ]
