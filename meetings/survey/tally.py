"""All that was answered so far: what each question of the form found, and the list as a file."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy

from meetings.models import AgendaItem, Meeting, Question, Survey, SurveyField, Theme
from meetings.states import CHOOSING, Approval, FieldKind
from meetings.survey.answers import in_words
from meetings.survey.people import TallyRow, people, questions_of
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
    rows = {person.pk: TallyRow.of(person) for person in people(meeting)}
    questions = list(
        questions_of(meeting)
        .select_related("asker__user", "addressee__user", "item")
        .order_by("item__order", "addressee__order", "addressee__user__kana_key", "id")
    )
    for question in questions:
        if question.addressee_id in rows:
            question.addressee = rows[question.addressee_id].person
        if question.asker_id in rows:
            rows[question.asker_id].questions.append(question)
    counted = Theme.objects.standing().filter(meeting=meeting).counted()
    themes = list(counted.order_by(F("proposed_in").asc(nulls_first=True), "order", "id"))
    found = list(rows.values())
    kinds, fields = _form(meeting, found)
    items = list(meeting.items.all()) if meeting.is_written else []
    return Tally(rows=found, questions=questions, themes=themes, kinds=kinds, fields=fields, items=items)


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


def file_rows(found: Tally) -> Iterator[list[str]]:
    """A column for everything that a section of any survey can hold, in the order of this one.

    Beginning with the header; what opens as a formula is for whoever writes the file to disarm.
    """
    sections = in_order(found.kinds)
    columns = [column for section in sections for column in section.headings(found.fields)]
    yield [str(column) for column in (*WHO, *columns, *WHEN)]
    titles = {theme.pk: theme.title for theme in found.themes}
    for row in found.rows:
        yield _cells(row, len(columns), found, titles)


def _cells(row: TallyRow, columns: int, found: Tally, titles: dict[int, str]) -> list[str]:
    person = row.person
    who = [names.spaced(person.user), person.user.kana, str(person.category_name), row.title]
    if row.reply is None:
        return [*who, _("未回答"), *[""] * (columns + len(WHEN) - 1)]
    told = Told(row.reply, row.questions, titles, found.fields, row.values)
    return [
        *who,
        *(cell for section in in_order(found.kinds) for cell in section.cells(told)),
        f"{timezone.localtime(row.reply.changed_at):%Y-%m-%d %H:%M}",
        _("事務局") if row.reply.entered_by_desk else _("本人"),
    ]
