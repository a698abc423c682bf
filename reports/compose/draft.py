"""The blocks of a report, part by part, in the order in which it is read."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from django.utils.translation import gettext as _

from meetings.models import AgendaItem, Meeting, Question, RecordEntry
from meetings.states import Point, RecordPlace
from members.states import COUNTED, Category
from reports.compose import lines
from reports.compose.facts import FACTS, marks
from reports.compose.look import Look, names_a_speaker
from reports.compose.origins import WORDS
from reports.compose.problems import Composition, Fix, Gravity, Missing, Shortcoming
from reports.compose.rows import Rows, read
from reports.formats import sentences
from reports.formats.blocks import Block, BlockKind, generated, overridden, typed
from reports.formats.parts import ReportPart
from reports.formats.sentences import Spans
from reports.models import Style

KINDS: dict[str, BlockKind] = {
    Point.POINT: BlockKind.POINT,
    Point.REPLY: BlockKind.REPLY,
    Point.CONTINUATION: BlockKind.CONTINUATION,
    Point.PLAIN: BlockKind.PLAIN,
}
# Parts whose heading stands also with nothing below it.
ALWAYS = {"roll", "overview", "details"}
UNDER_A_LINE = {Point.REPLY, Point.CONTINUATION}


def compose(meeting: Meeting, style: Style | None = None) -> Composition:
    """The report as today's rows tell it, and what still stands in the way of publishing it.

    `style` is one that is tried before it is the group's.
    """
    draft = Draft(read(meeting, style))
    blocks = tuple(draft.blocks())
    return Composition(blocks, tuple(draft.problems), draft.style, draft.rows.overrides)


class Draft:
    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.style = rows.style
        self.meeting = rows.meeting
        self.look = Look(rows.style)
        self.problems: list[Shortcoming] = []

    def blocks(self) -> Iterator[Block]:
        for block in self.computed():
            yield self.written(block)
        self.look_back()

    def computed(self) -> Iterator[Block]:
        yield Block(BlockKind.TITLE, "title", lines.title(self.rows))
        for part in self.parts():
            yield from self.part(part)

    def parts(self) -> list[ReportPart]:
        if not self.meeting.is_written:
            return self.style.parts_list
        return [told for part in self.style.parts_list if (told := part.in_writing())]

    def written(self, block: Block) -> Block:
        """With the words that a person wrote in place of the computed ones."""
        children = tuple(self.written(child) for child in block.children)
        anew = self.rows.overrides.get(block.key)
        if anew is None:
            return replace(block, children=children)
        if anew["computed"] != block.text:
            self.warn(
                _("「%s」に置き換えた後で、自動の文が変わりました。置き換えた文を確認してください。")
                % anew["words"],
                Fix.REPORT,
            )
        spans = (overridden(anew["words"], computed=block.text, reason=anew["reason"]),)
        return replace(block, spans=spans, children=children)

    @contextmanager
    def saying(self, key: str) -> Iterator[None]:
        """What a computed sentence lacks is of no matter where another stands in its place."""
        known = list(self.problems)
        yield
        if key in self.rows.overrides:
            self.problems = known

    def part(self, part: ReportPart) -> Iterator[Block]:
        if part.is_fact:
            with self.saying(part.kind):
                told = self.fact(part)
            yield self.look.fact(part, *told)
        elif part.kind == "words":
            yield self.look.words(part)
        elif part.kind == "closing":
            yield Block(BlockKind.END, "end", (generated(part.heading),))
        else:
            yield from self.headed(part, list(getattr(self, part.kind)()))

    def headed(self, part: ReportPart, below: list[Block]) -> Iterator[Block]:
        """質疑 and 連絡事項 stand only where there are any."""
        if below or part.kind in ALWAYS:
            yield self.look.heading(part)
        yield from below

    def fact(self, part: ReportPart) -> tuple[Spans, tuple[Block, ...]]:
        if part.kind == "fixed":
            return (generated(part.text),), ()
        if part.kind == "attendance":
            return self.attendance()
        try:
            return FACTS[part.kind](self.rows), ()
        except Missing as missing:
            self.lacks(missing.problem)
            return (sentences.MISSING,), ()

    def attendance(self) -> tuple[Spans, tuple[Block, ...]]:
        if self.meeting.is_written:
            return FACTS["present"](self.rows), ()
        if not self.rows.roll_taken:
            self.block(_("出席の記録がまだありません。"), Fix.ROLL)
            return (sentences.MISSING,), ()
        children = tuple(
            Block(BlockKind.FIELD_LINE, f"attendance-{category}", self.people(category))
            for category in COUNTED
            if category in self.rows.roll
        )
        return (generated(f"{self.rows.counted().present}名"),), children

    def people(self, category: Category) -> Spans:
        turnout = self.rows.roll[category]
        return sentences.people(str(self.meeting.group.category(category)), turnout.present, turnout.online)

    def roll(self) -> Iterator[Block]:
        """A row for each, 出 or 欠."""
        try:
            for line, who, mark in marks(self.rows):
                yield Block(BlockKind.ROW, f"roll-{line}", (generated(mark),), who)
        except Missing as missing:
            self.lacks(missing.problem)
            yield Block(BlockKind.PARAGRAPH, "roll-none", (sentences.MISSING,))

    def overview(self) -> Iterator[Block]:
        with self.saying("turnout"):
            turnout = self.turnout()
        with self.saying("chaired"):
            chaired = self.chaired()
        spans = {"purpose": lines.purpose(self.rows), "turnout": turnout, "chaired": chaired}
        for assignment in self.rows.assignments:
            spans[f"request-{assignment.pk}"] = lines.request(self.rows, assignment)
        for key, words in spans.items():
            if words:
                yield Block(BlockKind.PARAGRAPH, key, words)

    def turnout(self) -> Spans:
        """Nothing is said of who came before the roll was taken."""
        outcome = self.rows.report.outcome
        if not outcome and "outcome" in self.style.asked:
            self.block(_("【概要】の「会議の成果」が入力されていません。"), Fix.REPORT)
        if self.style.turnout and not self.rows.roll_taken and not self.meeting.is_written:
            self.block(_("出席の記録がまだありません。"), Fix.ROLL)
            return (sentences.MISSING,)
        return lines.turnout(self.rows, outcome)

    def chaired(self) -> Spans:
        try:
            return lines.chaired(self.rows)
        except Missing as missing:
            self.lacks(missing.problem)
            return (sentences.MISSING,)

    def details(self) -> Iterator[Block]:
        if not self.rows.items:
            self.block(_("議題が登録されていません。"), Fix.MEETING)
        for number, item in enumerate(self.rows.items, start=1):
            spans = sentences.heading(item.title, lines.presenter(self.rows, item))
            block = Block(BlockKind.ITEM, f"item-{item.pk}", spans, str(number))
            yield self.look.item(block, self.handouts(item) if self.look.names_handouts else "")
            entries = [entry for entry in self.rows.entries if entry.item_id == item.pk]
            if not entries:
                self.warn(_("議題「%s」に記録がありません。") % item.title, Fix.RECORD)
            yield from self.record(entries)

    def handouts(self, item: AgendaItem) -> str:
        return "、".join(version.label for version in self.rows.handouts if version.material.item_id == item.pk)

    def asked(self) -> Iterator[Block]:
        for question in self.rows.questions:
            yield self.question(question)

    def question(self, question: Question) -> Block:
        if not question.replies:
            self.block(_("質問「%s」に回答がありません。") % question, Fix.QUESTIONS)
        children = tuple(
            self.look.signed(Block(BlockKind.ANSWER, f"answer-{reply['pk']}", (typed(reply["text"]),)))
            for reply in question.replies
        )
        spans = (typed(question.text), *lines.asker(self.rows, question))
        return self.look.signed(Block(BlockKind.QUESTION, f"question-{question.pk}", spans, children=children))

    def notices(self) -> Iterator[Block]:
        entries = [entry for entry in self.rows.entries if entry.section == RecordPlace.NOTICES]
        yield from self.record(entries)

    def record(self, entries: list[RecordEntry]) -> Iterator[Block]:
        """Lines in their order; → goes under the line that it answers or continues."""
        heads: list[tuple[Block, list[Block]]] = []
        for entry in entries:
            block = self.entry(entry)
            if entry.point in UNDER_A_LINE and heads:
                heads[-1][1].append(block)
            else:
                heads.append((block, []))
        for head, children in heads:
            yield replace(head, children=tuple(children))

    def entry(self, entry: RecordEntry) -> Block:
        block = Block(KINDS[entry.point], f"entry-{entry.pk}")
        if entry.withheld_reason:
            return self.look.signed(replace(block, withheld=entry.withheld_reason))
        return self.look.signed(replace(block, spans=self.words(entry)))

    def words(self, entry: RecordEntry) -> Spans:
        try:
            spans = WORDS[entry.origin](self.rows, entry)
        except Missing as missing:
            if not entry.override:
                self.problems.append(missing.problem)
            spans = (sentences.MISSING,)
        spans = (*self.said_by(entry), *spans)
        if not entry.override:
            return spans
        computed = "".join(span.text for span in spans)
        return (overridden(entry.override, computed=computed, reason=entry.override_reason),)

    def said_by(self, entry: RecordEntry) -> Spans:
        """見本課長：, by the desk's choice alone; where the words themselves say who speaks, they say it once."""
        if not (self.style.names_speakers and entry.speaker) or names_a_speaker(entry.text):
            return ()
        return (generated(f"{self.rows.house_name(entry.speaker)}："),)

    def look_back(self) -> None:
        """What was pinned on the day and reads differently now: said, and left to a person to decide."""
        group, day, today = self.meeting.group, self.rows.day, self.rows.today
        if day["members"] != today["members"]:
            self.warn(
                _("開催日の人数は記録したとき（%(then)s）と今の名簿（%(now)s）で異なります。")
                % {"then": lines.appointed(group, day), "now": lines.appointed(group, today)},
                Fix.SNAPSHOT,
            )
        if day["next"] != today["next"]:
            self.warn(
                _("次回の予定は開催日に記録したもの（%(then)s）と今の予定（%(now)s）で異なります。")
                % {"then": lines.announced(day), "now": lines.announced(today)},
                Fix.SNAPSHOT,
            )

    def block(self, message: str, fix: Fix) -> None:
        self.lacks(Shortcoming(Gravity.BLOCKER, message, fix))

    def lacks(self, problem: Shortcoming) -> None:
        """Each thing once: two parts of a style may lack the same."""
        if problem not in self.problems:
            self.problems.append(problem)

    def warn(self, message: str, fix: Fix) -> None:
        self.problems.append(Shortcoming(Gravity.WARNING, message, fix))
