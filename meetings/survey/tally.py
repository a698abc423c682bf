"""All that was answered so far: what each question of the form found, and the list as a file."""

from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy

from meetings.models import AgendaItem, FieldAnswer, Meeting, Question, Reply, Survey, SurveyField, Theme
from meetings.states import CHOOSING, Approval, FieldKind
from meetings.survey.answers import in_words
from meetings.survey.people import TallyRow, by_way, people_with_answers, questions_of
from meetings.survey.section import Told
from meetings.survey.sections import in_order
from meetings.survey.sections._questions import target_of
from meetings.survey.sections.approvals import in_words as in_words_of
from members import names

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass
class FieldResult:
    """What was said to one of the desk's own questions: how often each choice, or each text with its writer."""

    asked: SurveyField
    counts: list[tuple[str, int]] = field(default_factory=list)
    texts: list[tuple[TallyRow, str]] = field(default_factory=list)
    total: Decimal | None = None


@dataclass
class ItemResult:
    """What was said in writing of one item: how many for and against it, and each opinion with its writer."""

    item: AgendaItem
    counts: list[tuple["StrOrPromise", int]]
    texts: list[tuple[TallyRow, str]]


@dataclass
class Tally:
    # Of those alone who said something that is told here one by one.
    rows: list[TallyRow]
    questions: list[Question]
    themes: Sequence[Theme]
    # The form's sections in its order, and its desk's own questions: those that are asked, or were answered.
    kinds: Sequence[str] = ()
    fields: Sequence[SurveyField] = ()
    # Of a meeting in writing, what was asked about.
    items: Sequence[AgendaItem] = ()

    @property
    def parts(self) -> list[str]:
        """The templates that sum up its sections, in the order of the form."""
        names = (section.tally_template for section in in_order(self.kinds))
        return list(dict.fromkeys(filter(None, names)))

    @property
    def field_results(self) -> list[FieldResult]:
        return [_result(asked, self.rows) for asked in self.fields]

    @property
    def item_results(self) -> "list[ItemResult]":
        return [_item_result(item, self.rows) for item in self.items]

    def questions_by_target(self) -> list[tuple[str, list[Question]]]:
        """Under the person or the talk that they are asked of, in the order of the roster."""
        groups: dict[str, list[Question]] = {}
        for question in self.questions:
            groups.setdefault(target_of(question), []).append(question)
        return list(groups.items())


def tally(meeting: Meeting) -> Tally:
    survey = getattr(meeting, "survey", None)
    said = Reply.objects.standing().filter(survey=survey, membership=OuterRef("pk"))
    said = said.exclude(field_answers=None, opinions=None)
    asked = questions_of(meeting).filter(addressee=OuterRef("pk"))
    told = people_with_answers(meeting).filter(Exists(said) | Exists(asked))
    rows = {person.pk: TallyRow.whole(person) for person in told}
    questions = list(
        questions_of(meeting)
        .select_related("asker__user", "addressee__user", "item")
        .order_by("item__order", "addressee__order", "addressee__user__kana_key", "id")
    )
    for question in questions:
        if question.addressee_id in rows:
            question.addressee = rows[question.addressee_id].person
    found = list(rows.values())
    kinds, fields = _form(meeting, {pk for row in found for pk in row.values})
    items = list(meeting.items.all()) if meeting.is_written else []
    return Tally(found, questions, _themes(meeting), kinds, fields, items)


def _themes(meeting: Meeting) -> Sequence[Theme]:
    counted = Theme.objects.standing().filter(meeting=meeting).counted()
    return list(counted.order_by(F("proposed_in").asc(nulls_first=True), "order", "id"))


def _form(meeting: Meeting, answered: Container[int]) -> tuple[list[str], list[SurveyField]]:
    survey = Survey.objects.with_form().filter(meeting=meeting).first()
    if survey is None:
        return [], []
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


def _item_result(item: AgendaItem, rows: Sequence[TallyRow]) -> ItemResult:
    said = [(row, one) for row in rows if row.reply for one in row.reply.opined if one["item_id"] == item.pk]
    chosen = Counter(one["approval"] for _row, one in said)
    asked = list(Approval) if item.needs_decision else []
    counts: list[tuple[StrOrPromise, int]] = [(each.label, chosen[each]) for each in asked]
    texts = [
        (row, in_words_of(one["approval"] if item.needs_decision else "", one["text"]))
        for row, one in said
        if one["text"]
    ]
    return ItemResult(item, counts, texts)


# As a file

WHO = (gettext_lazy("氏名"), gettext_lazy("ふりがな"), gettext_lazy("区分"), gettext_lazy("所属・職名"))
WHEN = (gettext_lazy("回答日時"), gettext_lazy("入力"))
ADDRESS = gettext_lazy("メールアドレス")

# How many people are read at a time.
CHUNK = 500


def file_rows(meeting: Meeting, *, with_addresses: bool = False) -> Iterator[list[str]]:
    """A column for everything that a section of any survey can hold, in the order of this one.

    Beginning with the header; what opens as a formula is for whoever writes the file to disarm. Of thousands of
    people some hundreds are read at a time. Addresses are for the desk that writes to people, not for the file
    that is kept.
    """
    given = FieldAnswer.objects.filter(reply__survey__meeting=meeting, reply__withdrawn_at=None)
    answered = given.filter(reply__membership__in=meeting.asked()).order_by().values_list("field", flat=True)
    kinds, fields = _form(meeting, set(answered.distinct()))
    sections = in_order(kinds)
    columns = [column for section in sections for column in section.headings(fields)]
    yield [str(column) for column in (*WHO, *columns, *WHEN, *([ADDRESS] if with_addresses else []))]
    titles = {theme.pk: theme.title for theme in _themes(meeting)}
    for row in _rows(meeting):
        cells = None
        if row.reply is not None:
            told = Told(row.reply, row.questions, titles, fields, row.values)
            cells = [cell for section in sections for cell in section.cells(told)]
        address = [row.person.user.address] if with_addresses else []
        yield [*_cells(row, cells, len(columns)), *address]


def _rows(meeting: Meeting) -> Iterator[TallyRow]:
    """Everybody's, with the questions that they asked."""
    everybody = list(by_way(meeting).values_list("pk", flat=True))
    for begin in range(0, len(everybody), CHUNK):
        chunk = everybody[begin : begin + CHUNK]
        told = people_with_answers(meeting).filter(pk__in=chunk)
        rows = {person.pk: TallyRow.whole(person) for person in told}
        questions = list(questions_of(meeting).filter(asker__in=chunk).select_related("item").order_by("id"))
        own = meeting.group.memberships.on(meeting.day).select_related("user")
        asked = own.in_bulk({question.addressee_id for question in questions if question.addressee_id})
        for question in questions:
            if question.addressee_id in asked:
                question.addressee = asked[question.addressee_id]
            rows[question.asker_id].questions.append(question)
        yield from rows.values()


def _cells(row: TallyRow, cells: list[str] | None, columns: int) -> list[str]:
    person = row.person
    who = [names.spaced(person.user), person.user.kana, str(person.category_name), row.title]
    if row.reply is None or cells is None:
        return [*who, _("未回答"), *[""] * (columns + len(WHEN) - 1)]
    by_desk = row.reply.entered_by_desk
    at = f"{timezone.localtime(row.reply.changed_at):%Y-%m-%d %H:%M}"
    return [*who, *cells, at, _("事務局") if by_desk else _("本人")]
