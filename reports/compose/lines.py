"""Single sentences of a report from its rows; Missing says which row a sentence lacks."""

from django.utils.translation import gettext as _, override

from foundation.calendar import wareki
from meetings import snapshot
from meetings.models import AgendaItem, Assignment, Question
from meetings.states import Mode
from members import names
from members.models import WorkingGroup
from members.states import Category
from reports.compose.problems import Fix, Missing
from reports.compose.rows import Rows
from reports.formats import sentences
from reports.formats.blocks import generated, typed
from reports.formats.filling import fill
from reports.formats.sentences import Next, Plan, Spans


def japanese(label: object) -> str:
    """A report stays Japanese, in whatever language its desk is read."""
    with override("ja"):
        return str(label)


def purpose(rows: Rows) -> Spans:
    group, number = rows.meeting.group, rows.meeting.number
    plan = Plan(
        name=group.plan_name,
        season=group.plan_season,
        members=group.member_phrase or group.member_word,
        experts=f"{group.expert_phrase}（{group.expert_word}）" if group.expert_phrase else group.expert_word,
    )
    founded_with = rows.founders
    return fill(
        rows.style.purpose,
        {
            "目的": sentences.aim(plan),
            "構成": sentences.founders(
                plan,
                members=founded_with.get(Category.MEMBER, 0),
                experts=founded_with.get(Category.EXPERT, 0),
            ),
            "会議体": (generated(group.name),),
            "回": (generated(str(number)),),
            "回の位置": sentences.place_in_series(number, group.planned_meetings),
        },
    )


def turnout(rows: Rows, outcome: str) -> Spans:
    came = rows.counted()
    number, told = came.present, sentences.turnout(came.present, came.online)
    if rows.meeting.is_written:
        found = rows.outcome
        number, told = found.answered, sentences.answered(found.people, found.answered)
    values = {
        "参加": told,
        "出席数": (generated(f"{number}名"),),
        "成果": (typed(outcome),) if outcome else (sentences.MISSING,),
    }
    return fill(rows.style.turnout, values)


def chaired(rows: Rows) -> Spans:
    """Nothing where the chair chaired, which goes without saying."""
    acting = rows.chaired
    if acting is None or acting is rows.chair or rows.meeting.chaired_by is None:
        return ()
    chair = rows.chair
    if acting.mode == Mode.ABSENT:
        raise Missing(_("議長を務めた方が、欠席と記録されています。"), Fix.ROLL)
    office = rows.offices.get(rows.meeting.chaired_by.pk, "")
    why = "不在" if chair is None else "欠席" if chair.mode == Mode.ABSENT or chair.is_substitute else ""
    name = rows.house_name(rows.meeting.chaired_by)
    return sentences.chaired(
        chair=rows.meeting.group.chair_word, why=why, acting=f"{office}の{name}" if office else name
    )


def request(rows: Rows, assignment: Assignment) -> Spans:
    due = assignment.due_meeting
    if due is None:
        assert assignment.due_at is not None  # meetings_assignment_is_due
        return sentences.by_a_day(assignment.due_at, assignment.summary_text)
    announced = rows.next
    if not (announced and announced.number == due.number):
        announced = Next(due.number, due.starts_at, due.date_note)
    values = {"期限": sentences.due(announced), "課題": (typed(assignment.summary_text),)}
    return fill(rows.style.request, values)


def title(rows: Rows) -> Spans:
    group = rows.meeting.group
    said = {"設置者": group.parent_body, "会議体": group.name, "回": str(rows.meeting.number)}
    return fill(rows.style.title, {name: (generated(words),) for name, words in said.items()})


def presenter(rows: Rows, item: AgendaItem) -> str:
    """外部有識者「田口喜大氏」; staff by their title."""
    if item.presenter is None:
        return ""
    name = rows.house_name(item.presenter)
    return f"{rows.meeting.group.expert_word}「{name}」" if rows.is_expert(item.presenter) else name


def asker(rows: Rows, question: Question) -> Spans:
    """Named only where the asker agreed to stand in the report; an expert is 氏 here as everywhere in it."""
    if not (question.name_in_report and question.asker):
        return ()
    form = "氏" if rows.is_expert(question.asker) else "さん"
    return (generated(f"（{names.full(question.asker.user)}{form}）"),)


# A snapshot in words


def appointed(group: WorkingGroup, facts: dict) -> str:
    people = [(group.category(category), facts["members"].get(category, 0)) for category in Category]
    return "・".join(f"{label}{count}名" for label, count in people if count) or _("0名")


def announced(facts: dict) -> str:
    upcoming = snapshot.next_meeting(facts)
    if upcoming is None:
        return _("予定なし")
    day = wareki.date(upcoming.starts_at) if upcoming.starts_at else upcoming.date_note or _("日程未定")
    return _("第%(number)s回 %(day)s") % {"number": upcoming.number, "day": day}
