"""The desk writes the record of a meeting in any order, before and after it is held; the report tells it once.

Slow (a few seconds), because some hundred deeds are done and a report is composed after each.
"""

from datetime import timedelta
from itertools import count

import pytest
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from foundation.actions import Actor
from meetings.actions import assignments, elections, questions, record, roll
from meetings.models import Answer, Meeting, Question, RecordEntry
from meetings.states import ItemKind, MeetingState, Mode, Origin, Point
from reports.compose import compose
from reports.formats import as_html
from reports.formats.blocks import walk
from tests import builders
from tests.machines import Machine, run

UNDER_A_LINE = {Point.REPLY, Point.CONTINUATION}
NOTICES = 2
place = st.integers(0, NOTICES)
which = st.integers(0, 99)
is_old = st.sampled_from([False, False, True])


class Minutes(Machine):
    audited = tuple(
        f"meetings.{name}"
        for name in (
            *("add_entry", "edit_entry", "move_entry", "remove_entry", "record_election", "set_assignment"),
            *("ask", "add_answer", "change_question", "reword_answer", "remove_answer", "remove_question"),
            *("mark", "hold"),
        )
    )

    @initialize()
    def call_the_meeting(self):
        group = builders.make_group()
        self.by = Actor(builders.make_user())
        builders.make_grant(group=group, user=self.by.user)
        self.people = [builders.make_membership(group=group) for _ in range(2)]
        began = timezone.now() - timedelta(days=1)
        self.meeting = builders.make_meeting(group=group, starts_at=began)
        self.items = [
            builders.make_item(meeting=self.meeting, order=1, kind=ItemKind.INTRODUCTIONS, minutes_each=2),
            builders.make_item(meeting=self.meeting, order=2),
        ]
        self.next = builders.make_meeting(group=group, number=2, theme="申請書を減らす")
        builders.make_survey(meeting=self.next)
        self.numbers = count(1)
        # The lines under the first item, under the second, and among the notices: their keys as they are shown.
        self.lines = [[], [], []]
        self.words, self.withheld, self.composed = {}, set(), {}
        # The questions in order, each with its answers, and which of them the report tells.
        self.asked, self.told = {}, set()
        self.marked, self.is_held = set(), False

    # Lines

    @rule(place=place, points=st.lists(st.sampled_from(Point), min_size=1, max_size=4))
    def add_lines(self, place, points):
        for point in points:
            expected = point not in UNDER_A_LINE or bool(self.lines[place])
            entry = self.add(place, expected, text=self.new("記録"), point=point)
            if entry:
                self.words[entry.pk] = entry.text

    @rule(place=place, origin=st.sampled_from([Origin.INTRO_ROUND, Origin.FORM_QUESTIONS, Origin.FORM_THEMES]))
    def add_composed_line(self, place, origin):
        self.add(place, True, origin=origin)

    @rule(origin=st.sampled_from([Origin.ELECTION, Origin.ASSIGNMENT]))
    def add_line_of_a_result(self, origin):
        """Of one that no line tells of any more."""
        told = set(RecordEntry.objects.values_list("origin", flat=True))
        entry = self.add(0, origin in self.composed and origin not in told, origin=origin)
        if entry:
            self.words[entry.pk] = self.composed[origin]

    @rule(which=which, old=is_old, what=st.sampled_from(["text", "override", "withheld"]))
    def change_line(self, which, old, what):
        entry = self.line(which)
        if entry is None or (what == "text" and entry.origin != Origin.TYPED):
            return
        said = self.new("改めた記録")
        values = {
            "text": {"text": said},
            "override": {"override": said, "override_reason": "言い回し"},
            "withheld": {"withheld_reason": "個人の事情"},
        }[what]
        values |= {"entry": entry, "by": self.by, "seen": entry.version - old}
        if self.try_to("meetings.edit_entry", not old, record.edit_entry, **values):
            self.withheld |= {entry.pk} if what == "withheld" else set()
            if what == "override" or (what == "text" and not entry.override):
                self.words[entry.pk] = said

    @rule(which=which)
    def withhold_line(self, which):
        self.change_line(which=which, old=False, what="withheld")

    @rule(which=which, up=st.booleans())
    def move_line(self, which, up):
        entry = self.line(which)
        if entry is None:
            return
        record.move_entry(entry=entry, by=self.by, seen=entry.version, up=up)
        self.deeds.append("meetings.move_entry")
        lines = next(lines for lines in self.lines if entry.pk in lines)
        here = lines.index(entry.pk)
        other = here - 1 if up else here + 1
        if 0 <= other < len(lines):
            lines[here], lines[other] = lines[other], lines[here]

    @rule(which=which, old=is_old)
    def remove_line(self, which, old):
        entry = self.line(which)
        if entry is None:
            return
        pk, values = entry.pk, {"entry": entry, "by": self.by, "seen": entry.version - old}
        if self.try_to("meetings.remove_entry", not old, record.remove_entry, **values):
            next(lines for lines in self.lines if pk in lines).remove(pk)
            self.words.pop(pk, None)

    # Results

    @rule(who=st.integers(0, 1))
    def elect(self, who):
        values = {"meeting": self.meeting, "by": self.by, "item": self.items[0], "elected": self.people[who]}
        expected = Origin.ELECTION not in self.composed
        if self.try_to("meetings.record_election", expected, elections.record_election, **values):
            self.tell_of(Origin.ELECTION, "要綱に基づき、互選により部会長を選出")

    @precondition(lambda self: Origin.ASSIGNMENT not in self.composed)
    @rule()
    def set_assignment(self):
        detail = self.new("課題の詳細")
        values = {"title": "課題", "summary_text": self.new("課題の概要"), "detail_text": detail}
        values |= {"meeting": self.meeting, "by": self.by, "item": self.items[1], "due_meeting": self.next}
        if self.try_to("meetings.set_assignment", True, assignments.set_assignment, **values):
            self.tell_of(Origin.ASSIGNMENT, detail)

    # Questions

    @rule(answers=st.integers(0, 2), told=st.booleans())
    def ask(self, answers, told):
        said = [self.new("回答") for _ in range(answers)]
        values = {"meeting": self.meeting, "by": self.by, "text": self.new("質問"), "in_report": told}
        asked = questions.ask(answers=said, **values)
        self.deeds += ["meetings.ask", *["meetings.add_answer"] * answers]
        self.asked[asked.pk] = [asked.text, dict(asked.answers.values_list("pk", "text"))]
        self.told |= {asked.pk} if told else set()

    @rule(which=which)
    def answer(self, which):
        if question := self.question(which):
            given = questions.add_answer(question=question, by=self.by, text=self.new("回答"))
            self.deeds.append("meetings.add_answer")
            self.asked[question.pk][1][given.pk] = given.text

    @rule(which=which, old=is_old, told=st.booleans())
    def change_question(self, which, old, told):
        if question := self.question(which):
            values = {"text": self.new("改めた質問"), "in_report": told}
            values |= {"question": question, "by": self.by, "seen": question.version - old}
            if self.try_to("meetings.change_question", not old, questions.change_question, **values):
                self.asked[question.pk][0] = values["text"]
                self.told = self.told | {question.pk} if told else self.told - {question.pk}

    @rule(which=which, old=is_old)
    def reword_or_remove_answer(self, which, old):
        answer = next(iter(Answer.objects.order_by("-id")[which % 4 :]), None)
        if answer is None:
            return
        answers, pk = self.asked[answer.question_id][1], answer.pk
        values = {"answer": answer, "by": self.by, "seen": answer.version - old}
        if which % 2:
            said = self.new("改めた回答")
            if self.try_to("meetings.reword_answer", not old, questions.reword_answer, text=said, **values):
                answers[pk] = said
        elif self.try_to("meetings.remove_answer", not old, questions.remove_answer, **values):
            del answers[pk]

    @rule(which=which, old=is_old)
    def remove_question(self, which, old):
        if question := self.question(which):
            pk, values = question.pk, {"question": question, "by": self.by, "seen": question.version - old}
            expected = not old and not self.asked[pk][1]
            if self.try_to("meetings.remove_question", expected, questions.remove_question, **values):
                del self.asked[pk]
                self.told.discard(pk)

    # The roll

    @rule(who=st.integers(0, 1), mode=st.sampled_from(Mode))
    def come(self, who, mode):
        self.mark(who, mode)

    def mark(self, who, mode):
        roll.mark(meeting=self.meeting, membership=self.people[who], by=self.by, mode=mode)
        self.deeds.append("meetings.mark")
        self.marked.add(who)

    @rule(prepared=st.booleans())
    def hold(self, prepared):
        for who in {0, 1} - self.marked if prepared else ():
            self.mark(who, Mode.VENUE)
        began, seen = self.meeting.starts_at, Meeting.objects.get(pk=self.meeting.pk).version
        values = {"held_from": began, "held_to": began + timedelta(hours=2), "seen": seen}
        expected = not self.is_held and len(self.marked) == len(self.people)
        if self.try_to("meetings.hold", expected, roll.hold, meeting=self.meeting, by=self.by, **values):
            self.is_held = True
            self.take_up_what_was_proposed()

    # What the machine knows

    def new(self, kind):
        """Words that stand nowhere else."""
        return f"{kind}{next(self.numbers)}番"

    def add(self, place, expected, **values):
        item = self.items[place] if place < NOTICES else None
        values |= {"meeting": self.meeting, "by": self.by, "item": item}
        entry = self.try_to("meetings.add_entry", expected, record.add_entry, **values)
        if entry:
            self.lines[place].append(entry.pk)
        return entry

    def tell_of(self, origin, words):
        """The line that a result has brought with it stands below the others."""
        self.deeds.append("meetings.add_entry")
        self.composed[origin] = words
        entry = RecordEntry.objects.latest("id")
        self.lines[self.items.index(entry.item)].append(entry.pk)
        self.words[entry.pk] = words

    def take_up_what_was_proposed(self):
        """Introductions above what was written under their item, the notices below what was written there."""
        known = {pk for lines in self.lines for pk in lines}
        proposed = RecordEntry.objects.standing().exclude(pk__in=known)
        # Also what was removed, which can be had back.
        written = set(RecordEntry.objects.exclude(pk__in=proposed).values_list("origin", "item"))
        for entry in proposed.order_by("order"):
            assert (entry.origin, entry.item_id) not in written
            if entry.item_id:
                self.lines[self.items.index(entry.item)].insert(0, entry.pk)
            else:
                self.lines[NOTICES].append(entry.pk)

    def line(self, which):
        keys = [pk for lines in self.lines for pk in lines]
        return RecordEntry.objects.get(pk=keys[which % len(keys)]) if keys else None

    def question(self, which):
        return Question.objects.get(pk=list(self.asked)[which % len(self.asked)]) if self.asked else None

    # What must hold whatever was done

    @invariant()
    def every_line_stands_where_it_was_put(self):
        for place, lines in enumerate(self.lines):
            item = self.items[place] if place < NOTICES else None
            kept = RecordEntry.objects.standing().filter(meeting=self.meeting, item=item).order_by("order", "id")
            assert [entry.pk for entry in kept] == lines
            assert len({entry.order for entry in kept}) == len(lines)

    @invariant()
    def the_report_tells_everything_once_and_in_order(self):
        composition = compose(Meeting.objects.select_related("group").get(pk=self.meeting.pk))
        keys = [block.key for block in walk(composition.blocks)]
        assert len(keys) == len(set(keys))
        shown = [f"entry-{pk}" for lines in self.lines for pk in lines]
        assert [key for key in keys if key.startswith("entry-")] == shown
        told = [pk for pk in self.asked if pk in self.told]
        assert [key for key in keys if key.startswith("question-")] == [f"question-{pk}" for pk in told]
        answers = [f"answer-{pk}" for question in told for pk in self.asked[question][1]]
        assert [key for key in keys if key.startswith("answer-")] == answers
        as_html.body(block for block in composition.blocks if block.kind in as_html.AROUND)
        self.count_words(composition.text, told)

    def count_words(self, text, told):
        visible = [words for pk, words in self.words.items() if pk not in self.withheld]
        visible += [said for pk in told for said in (self.asked[pk][0], *self.asked[pk][1].values())]
        assert {words: text.count(words) for words in visible} == dict.fromkeys(visible, 1)
        hidden = [words for pk, words in self.words.items() if pk in self.withheld and words not in visible]
        hidden += [words for pk, (words, _answers) in self.asked.items() if pk not in self.told]
        assert [words for words in hidden if words in text] == []

    @invariant()
    def promises_hold(self):
        self.hold_promises()
        assert (Meeting.objects.get(pk=self.meeting.pk).state == MeetingState.HELD) == self.is_held


# ASVS V2.3.1
@pytest.mark.no_cover
@pytest.mark.usefixtures("town")
def test_minutes_in_any_order_are_told_once():
    run(Minutes)
