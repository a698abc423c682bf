"""Each deed of the day is done, taken back and done again: all is as before, and the trail tells all three."""

from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from foundation.actions import Actor
from foundation.audit.models import Event
from meetings.actions import (
    agenda,
    assignments,
    consents,
    elections,
    meetings,
    questions,
    record,
    roll,
    walk_ins,
)
from meetings.models import Answer, Assignment, Election, Meeting, Question, RecordEntry
from meetings.models.material import for_citizens
from meetings.record_lines import TypedRow
from meetings.states import ItemKind, Mode, Point
from members.states import Category, Office
from reports import actions as reports
from reports.compose import compose
from reports.models import Report
from reports.states import ApprovalKind
from tests import builders

ELECTED = "give_office record_election add_entry"
DECIDED = {"kind": ApprovalKind.DECISION, "decided_on": date(2026, 6, 1), "decided_by": "部長"}


class Day:
    """What stands there, and who writes."""

    def __init__(self, group, member, expert, desk):
        self.group, self.member, self.expert, self.by = group, member, expert, Actor(desk)
        begun = timezone.now() - timedelta(hours=2)
        self.pk = builders.make_meeting(group=group, starts_at=begun, ends_at=begun + timedelta(hours=1)).pk
        self.item = builders.make_item(meeting=self.meeting, kind=ItemKind.BRIEFING, title="趣旨説明")

    @property
    def meeting(self):
        return Meeting.objects.select_related("group").get(pk=self.pk)

    @property
    def said(self):
        return {"meeting": self.meeting, "by": self.by}

    @property
    def seen(self):
        return self.said | {"seen": self.meeting.version}

    @property
    def report(self):
        return {"meeting": self.meeting, "by": self.by, "seen": Report.of(self.meeting).version}

    def everybody_is_there(self):
        for person in (self.member, self.expert):
            roll.mark(**self.said, membership=person, mode=Mode.VENUE)

    def is_held(self):
        self.everybody_is_there()
        hold(self)

    def is_under_review(self):
        self.is_held()
        record.add_entry(**self.said, item=self.item, text="説明")
        reports.write_outcome(**self.report, outcome="素地が整えられた。")
        reports.send_for_review(**self.report)

    def state(self):
        """All that the deeds of a day can change, without keys and versions."""
        meeting, report = self.meeting, Report.of(self.meeting)
        who = ("name", "mode", "substitute_name", "arrived_at", "left_at")
        return {
            "meeting": (
                meeting.state,
                meeting.held_from,
                meeting.fell_short,
                meeting.observers,
                meeting.chaired_by,
            ),
            "agenda": [item.title for item in meeting.items.all()],
            "roll": list(meeting.roll.order_by("order", "name").values_list(*who)),
            "lines": sorted(meeting.entries.standing().values_list("origin", "point", "text", "override")),
            "offices": list(self.group.office_terms.values_list("office", "membership", "valid_to")),
            "elections": list(meeting.elections.values_list("office", "elected")),
            "assignments": list(meeting.assignments.values_list("title", flat=True)),
            "for citizens": [version.material.title for version in for_citizens(meeting)],
            "questions": list(meeting.questions.values_list("text", "answers__text")),
            "report": (report.state, report.decisions, report.summary_told_on),
        }


@pytest.fixture
def day(group, member, expert, suzuki):
    group.substitutes_allowed = True
    group.planned_meetings = 1
    group.save()
    return Day(group, member, expert, suzuki)


def hold(day):
    begun = day.meeting.starts_at
    roll.hold(**day.seen, held_from=begun, held_to=begun + timedelta(hours=1))


def mark(day, **more):
    line = day.meeting.roll.filter(membership=day.member).first()
    seen = line.version if line else 0
    roll.mark(**day.said, membership=day.member, seen=seen, **{"mode": Mode.VENUE, **more})


def unmark(day):
    line = day.meeting.roll.get(membership=day.member)
    roll.unmark(**day.said, membership=day.member, seen=line.version)


def walk_in(day):
    named = {"name": "飛入 次郎", "title": "", "category": Category.OBSERVER, "mode": Mode.VENUE}
    walk_ins.add_walk_in(**day.said, times=(None, None), **named)


def take_back_press(day):
    press, _count = day.meeting.roll.last_press()
    roll.take_back_press(**day.said, press=press)


def elect(day):
    elections.record_election(**day.said, item=day.item, elected=day.member, office=Office.CHAIR, rule="最年長者")


def assign(day):
    words = {"title": "一覧の作成", "summary_text": "一覧を求めた。", "detail_text": "一覧を作ることを依頼"}
    assignments.set_assignment(**day.said, item=day.item, due_at=timezone.now() + timedelta(days=9), **words)


def remove(deed, name, rows):
    """Of what stands there, the last one."""

    def do(day):
        row = rows.last()
        deed(**{name: row}, by=day.by, seen=row.version)

    return do


def removed_lines(day):
    lines = list(day.meeting.entries.standing().order_by("id"))
    record.take_back_entries(**day.said, first=lines[0].pk, last=lines[-1].pk)


def approve(day):
    text = compose(day.meeting)
    assert text.blockers == []
    reports.approve(**day.said, shown=text.sha256, **DECIDED)


def send_for_review_again(day):
    reports.take_back(**day.report)
    reports.send_for_review(**day.report)


def bring(day):
    builders.make_material(meeting=day.meeting, by=day.by.user)


def consent(day, yes=True):
    said = {"consents": yes, "name": "例田花子", "given_on": builders.LONG_AGO, "how": "電話"}
    return consents.note_consent(material=day.meeting.materials.get(), by=day.by, seen=1, **said)


def nothing(day):
    pass


# What stands before, the deed, how it is taken back, and what the trail calls each of the three.
DEEDS = {
    "held": (Day.everybody_is_there, hold, lambda day: reports.reopen(**day.seen), "hold reopen hold"),
    "abandoned": (
        nothing,
        lambda day: meetings.abandon(**day.seen, reason="定足数に達しなかったため"),
        lambda day: meetings.resume(**day.seen),
        "abandon resume abandon",
    ),
    "mark": (nothing, mark, unmark, "mark unmark mark"),
    "online": (mark, lambda day: mark(day, mode=Mode.ONLINE), mark, "mark mark mark"),
    "substitute": (
        mark,
        lambda day: mark(day, substitute_name="代理 次郎"),
        lambda day: mark(day, substitute_name=""),
        "mark mark mark",
    ),
    "late": (
        mark,
        lambda day: mark(day, times=(time(13, 20), None)),
        lambda day: mark(day, times=(None, None)),
        "mark mark mark",
    ),
    "the rest": (
        nothing,
        lambda day: roll.mark_the_rest(**day.said),
        take_back_press,
        "mark_the_rest take_back_press mark_the_rest",
    ),
    "walk-in": (
        nothing,
        walk_in,
        lambda day: walk_ins.remove_walk_in(line=day.meeting.roll.walk_ins().get(), by=day.by, seen=1),
        "add_walk_in remove_walk_in add_walk_in",
    ),
    "chair and audience": (
        nothing,
        lambda day: roll.note_day(**day.seen, observers=4, chaired_by=day.member),
        lambda day: roll.note_day(**day.seen, observers=None),
        "note_day note_day note_day",
    ),
    "item": (
        nothing,
        lambda day: agenda.add_item(**day.said, title="当日の追加", kind=ItemKind.OTHER),
        lambda day: agenda.remove_item(item=day.meeting.items.last(), by=day.by, seen=1),
        "add_item remove_item add_item",
    ),
    "election": (
        nothing,
        elect,
        remove(elections.remove_election, "election", Election.objects),
        f"{ELECTED} remove_election take_back_office {ELECTED}",
    ),
    "assignment": (
        nothing,
        assign,
        remove(assignments.remove_assignment, "assignment", Assignment.objects),
        "set_assignment add_entry remove_assignment set_assignment add_entry",
    ),
    "line": (
        nothing,
        lambda day: record.add_entry(**day.said, item=day.item, text="説明"),
        remove(record.remove_entry, "entry", RecordEntry.objects.standing().order_by("id")),
        "add_entry remove_entry add_entry",
    ),
    "several lines": (
        nothing,
        lambda day: record.add_entries(**day.said, rows=[TypedRow(Point.POINT, "説明")] * 2),
        removed_lines,
        "add_entries take_back_entries add_entries",
    ),
    "consent": (
        bring,
        consent,
        lambda day: consent(day, yes=False),
        "note_consent note_consent note_consent",
    ),
    "question": (
        nothing,
        lambda day: questions.ask(**day.said, text="いつまでか。"),
        remove(questions.remove_question, "question", Question.objects),
        "ask remove_question ask",
    ),
    "answer": (
        lambda day: questions.ask(**day.said, text="いつまでか。"),
        lambda day: questions.add_answer(question=Question.objects.get(), by=day.by, text="年内"),
        remove(questions.remove_answer, "answer", Answer.objects),
        "add_answer remove_answer add_answer",
    ),
    "decisions": (
        Day.is_held,
        lambda day: reports.write_outcome(**day.report, decisions="案を承認"),
        lambda day: reports.write_outcome(**day.report, decisions=""),
        "write_outcome write_outcome write_outcome",
    ),
    "approval": (
        Day.is_under_review,
        approve,
        send_for_review_again,
        "approve take_back send_for_review approve",
    ),
    "told elsewhere": (
        lambda day: (day.is_held(), reports.write_outcome(**day.report, outcome="")),
        lambda day: reports.note_told(**day.report, summary_told_on=day.meeting.day, record_told_on=None),
        lambda day: reports.note_told(**day.report, summary_told_on=None, record_told_on=None),
        "note_told note_told note_told",
    ),
}


@pytest.mark.parametrize("name", DEEDS)
def test_a_deed_of_the_day_is_taken_back_and_done_again(day, name):
    before, do, undo, trail = DEEDS[name]
    before(day)
    begin, last = day.state(), Event.objects.order_by("id").last()
    do(day)
    done = day.state()
    assert done != begin
    undo(day)
    assert day.state() == begin
    do(day)
    assert day.state() == done
    told = Event.objects.filter(pk__gt=last.pk if last else 0).order_by("id")
    assert [event.action.split(".")[1] for event in told] == trail.split()
    assert {event.by for event in told} == {day.by.user}
