"""Single sentences of a report from its rows; Missing says which row a sentence lacks."""

from collections.abc import Callable

from django.utils.translation import gettext as _, override

from foundation.calendar import wareki
from meetings import snapshot
from meetings.models import AgendaItem, Assignment, Meeting, Question, RecordEntry
from meetings.states import ElectionBasis, ItemKind, Method, Origin, SectionKind
from members import names
from members.states import Category, Office
from reports.compose.problems import Fix, Missing
from reports.compose.rows import Rows
from reports.formats import sentences
from reports.formats.blocks import generated, typed
from reports.formats.sentences import Next, Plan, Spans


def japanese(label: object) -> str:
    """A report stays Japanese, in whatever language its desk is read."""
    with override("ja"):
        return str(label)


def purpose(rows: Rows) -> Spans:
    group = rows.meeting.group
    plan = Plan(
        group.plan_name, group.plan_season, group.member_phrase, group.expert_phrase, group.planned_meetings
    )
    return sentences.purpose(
        plan,
        group=group.name,
        number=rows.meeting.number,
        members=rows.appointed(Category.MEMBER),
        experts=rows.appointed(Category.EXPERT),
    )


def request(rows: Rows, assignment: Assignment) -> Spans:
    due = assignment.due_meeting
    announced = rows.next
    if not (announced and announced.number == due.number):
        announced = Next(due.number, due.starts_at, due.date_note)
    return sentences.request(announced, assignment.summary_text)


def presenter(rows: Rows, item: AgendaItem) -> str:
    """外部有識者「田口喜大氏」; staff by their title."""
    if item.presenter is None:
        return ""
    name = rows.house_name(item.presenter)
    return f"{japanese(Category.EXPERT.label)}「{name}」" if rows.is_expert(item.presenter) else name


def asker(rows: Rows, question: Question) -> Spans:
    """Named only where the asker said 「名前を出す」."""
    if not (question.show_name and question.asker):
        return ()
    return (generated(f"（{names.full(question.asker.user)}さん）"),)


# Lines of the record, by origin


def as_typed(rows: Rows, entry: RecordEntry) -> Spans:
    return (typed(entry.text),)


def intro_round(rows: Rows, entry: RecordEntry) -> Spans:
    lengths: dict[int | None, int | None] = {item.pk: item.minutes_each for item in rows.items}
    return sentences.intro_round(lengths.get(entry.item_id), from_sheets=entry.has_sheets)


def election(rows: Rows, entry: RecordEntry) -> Spans:
    held = entry.election
    assert held is not None  # meetings_entry_has_election
    return sentences.election(
        charter=rows.meeting.group.charter,
        office=japanese(Office(held.office).label),
        elected=rows.house_name(held.elected),
        candidates=held.candidates,
        rule=held.rule,
        by_charter=held.basis == ElectionBasis.CHARTER,
    )


def assignment(rows: Rows, entry: RecordEntry) -> Spans:
    task = next(one for one in rows.assignments if one.pk == entry.assignment_id)
    due = task.due_meeting
    return sentences.assignment(
        due_is_next=due.number == rows.meeting.number + 1, due_number=due.number, detail=task.detail_text
    )


def form_questions(rows: Rows, entry: RecordEntry) -> Spans:
    """A box is promised for what the meeting heard: introductions and talks; each must be in the form."""
    survey = _next_survey(rows)
    introduced = any(item.kind == ItemKind.INTRODUCTIONS for item in rows.items)
    talks = [item.presenter for item in rows.items if item.kind == ItemKind.TALK and item.presenter]
    promised = {SectionKind.MEMBER_QUESTIONS: introduced, SectionKind.TALK_QUESTIONS: bool(talks)}
    for kind, heard in promised.items():
        if heard and kind not in survey.section_kinds:
            raise _no_section(survey.number, kind)
    if not any(promised.values()):
        raise Missing(
            _(
                "自己紹介も、説明者の決まった話題提供も議題にないため、質問欄の案内を作成できません。"
                "不要なときは、この行を削除してください。"
            ),
            Fix.RECORD,
        )
    speakers = [f"{speaker.user.shown_family_name}さん" for speaker in talks]
    return sentences.form_questions(survey.number, to_members=introduced, to_talks_of=speakers)


def form_themes(rows: Rows, entry: RecordEntry) -> Spans:
    survey = _next_survey(rows)
    if SectionKind.THEMES not in survey.section_kinds:
        raise _no_section(survey.number, SectionKind.THEMES)
    if not (survey.theme or survey.method):
        raise Missing(_("第%s回のテーマも進め方も決まっていません。") % survey.number, Fix.FORM)
    earlier = rows.entries[: rows.entries.index(entry)]
    return sentences.form_themes(
        survey.number,
        theme=survey.theme,
        method=japanese(Method(survey.method).label) if survey.method else "",
        examples=survey.theme_titles,
        middle=entry.text,
        again=any(line.origin == Origin.FORM_QUESTIONS for line in earlier),
    )


SENTENCES: dict[str, Callable[[Rows, RecordEntry], Spans]] = {
    Origin.TYPED: as_typed,
    Origin.INTRO_ROUND: intro_round,
    Origin.ELECTION: election,
    Origin.ASSIGNMENT: assignment,
    Origin.FORM_QUESTIONS: form_questions,
    Origin.FORM_THEMES: form_themes,
}


def _next_survey(rows: Rows) -> Meeting:
    if rows.upcoming is None:
        number = rows.meeting.number + 1
        raise Missing(_("第%s回の会議がまだ作成されていません。") % number, Fix.NEXT)
    return rows.upcoming


def _no_section(number: int, kind: SectionKind) -> Missing:
    return Missing(
        _("第%(number)s回の入力フォームに「%(section)s」の欄がありません。")
        % {"number": number, "section": kind.label},
        Fix.FORM,
    )


# A snapshot in words


def appointed(facts: dict) -> str:
    people = [(category.label, facts["members"].get(category, 0)) for category in Category]
    return "・".join(f"{label}{count}名" for label, count in people if count) or _("0名")


def announced(facts: dict) -> str:
    upcoming = snapshot.next_meeting(facts)
    if upcoming is None:
        return _("予定なし")
    day = wareki.date(upcoming.starts_at) if upcoming.starts_at else upcoming.date_note or _("日程未定")
    return _("第%(number)s回 %(day)s") % {"number": upcoming.number, "day": day}
