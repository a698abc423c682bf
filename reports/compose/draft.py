"""The blocks of a report, part by part, in the order in which it is read."""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from meetings.models import Meeting, Question, RecordEntry
from meetings.states import Point, RecordPlace
from members.states import COUNTED, Category
from reports.compose import lines
from reports.compose.origins import WORDS
from reports.compose.problems import Composition, Fix, Gravity, Missing, Shortcoming
from reports.compose.rows import Rows, read
from reports.formats import sentences
from reports.formats.blocks import Block, BlockKind, generated, overridden, typed
from reports.formats.sentences import Spans

KINDS: dict[str, BlockKind] = {
    Point.POINT: BlockKind.POINT,
    Point.REPLY: BlockKind.REPLY,
    Point.CONTINUATION: BlockKind.CONTINUATION,
    Point.PLAIN: BlockKind.PLAIN,
}
UNDER_A_LINE = {Point.REPLY, Point.CONTINUATION}


def compose(meeting: Meeting) -> Composition:
    """The report as today's rows tell it, and what still stands in the way of publishing it."""
    draft = Draft(read(meeting))
    blocks = tuple(draft.blocks())
    return Composition(blocks, tuple(draft.problems))


class Draft:
    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.meeting = rows.meeting
        self.problems: list[Shortcoming] = []

    def blocks(self) -> Iterator[Block]:
        yield from self.front()
        yield from self.overview()
        yield from self.details()
        yield from self.asked()
        yield from self.notices()
        yield Block(BlockKind.END, "end", (generated("以上"),))
        self.look_back()

    def front(self) -> Iterator[Block]:
        group, meeting = self.meeting.group, self.meeting
        yield Block(BlockKind.TITLE, "title", sentences.title(group.parent_body, meeting.number, group.name))
        if not meeting.snapshot:
            self.block(_("会議がまだ「開催済み」になっていません。開会と閉会の時刻を記録してください。"), Fix.ROLL)
        yield Block(BlockKind.FIELD, "held", sentences.held(meeting.held_from, meeting.held_to), "日時")
        if not meeting.place:
            self.block(_("会議の場所が入力されていません。"), Fix.MEETING)
        place = (generated(meeting.place),) if meeting.place else (sentences.MISSING,)
        yield Block(BlockKind.FIELD, "place", place, "場所")
        yield self.attendance()

    def attendance(self) -> Block:
        if not self.rows.roll_taken:
            self.block(_("出席の記録がまだありません。"), Fix.ROLL)
            return Block(BlockKind.FIELD, "attendance", (sentences.MISSING,), "出席")
        children = tuple(
            Block(BlockKind.FIELD_LINE, f"attendance-{category}", self.people(category))
            for category in COUNTED
            if category in self.rows.roll
        )
        everybody = generated(f"{self.rows.counted().present}名")
        return Block(BlockKind.FIELD, "attendance", (everybody,), "出席", children)

    def people(self, category: Category) -> Spans:
        turnout = self.rows.roll[category]
        return sentences.people(str(self.meeting.group.category(category)), turnout.present, turnout.online)

    def overview(self) -> Iterator[Block]:
        yield Block(BlockKind.SECTION, "overview", (generated("概要"),))
        yield Block(BlockKind.PARAGRAPH, "purpose", lines.purpose(self.rows))
        report = getattr(self.meeting, "report", None)
        outcome = report.outcome if report else ""
        if not outcome:
            self.block(_("【概要】の「会議の成果」が入力されていません。"), Fix.REPORT)
        turnout = self.rows.counted()
        spans = (
            sentences.turnout(turnout.present, turnout.online, outcome)
            if self.rows.roll_taken
            else (sentences.MISSING,)
        )
        yield Block(BlockKind.PARAGRAPH, "turnout", spans)
        for assignment in self.rows.assignments:
            spans = lines.request(self.rows, assignment)
            yield Block(BlockKind.PARAGRAPH, f"request-{assignment.pk}", spans)

    def details(self) -> Iterator[Block]:
        yield Block(BlockKind.SECTION, "details", (generated("詳細"),))
        if not self.rows.items:
            self.block(_("議題が登録されていません。"), Fix.MEETING)
        for number, item in enumerate(self.rows.items, start=1):
            spans = sentences.heading(item.title, lines.presenter(self.rows, item))
            yield Block(BlockKind.ITEM, f"item-{item.pk}", spans, str(number))
            entries = [entry for entry in self.rows.entries if entry.item_id == item.pk]
            if not entries:
                self.warn(_("議題「%s」に記録がありません。") % item.title, Fix.RECORD)
            yield from self.record(entries)

    def asked(self) -> Iterator[Block]:
        if self.rows.questions:
            yield Block(BlockKind.SUBSECTION, "questions", (generated("質疑"),))
        for question in self.rows.questions:
            yield self.question(question)

    def question(self, question: Question) -> Block:
        if not question.replies:
            self.block(_("質問「%s」に回答がありません。") % question, Fix.QUESTIONS)
        children = tuple(
            Block(BlockKind.ANSWER, f"answer-{reply['pk']}", (typed(reply["text"]),)) for reply in question.replies
        )
        spans = (typed(question.text), *lines.asker(self.rows, question))
        return Block(BlockKind.QUESTION, f"question-{question.pk}", spans, children=children)

    def notices(self) -> Iterator[Block]:
        entries = [entry for entry in self.rows.entries if entry.section == RecordPlace.NOTICES]
        if entries:
            yield Block(BlockKind.SUBSECTION, "notices", (generated("連絡事項等"),))
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
            return replace(block, withheld=entry.withheld_reason)
        return replace(block, spans=self.words(entry))

    def words(self, entry: RecordEntry) -> Spans:
        try:
            spans = WORDS[entry.origin](self.rows, entry)
        except Missing as missing:
            if not entry.override:
                self.problems.append(missing.problem)
            spans = (sentences.MISSING,)
        if not entry.override:
            return spans
        computed = "".join(span.text for span in spans)
        return (overridden(entry.override, computed=computed, reason=entry.override_reason),)

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
        self.problems.append(Shortcoming(Gravity.BLOCKER, message, fix))

    def warn(self, message: str, fix: Fix) -> None:
        self.problems.append(Shortcoming(Gravity.WARNING, message, fix))
