"""The signs that a style puts around the words. A block without signs of its own has the usual ones."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import count

from reports.formats import usual
from reports.formats.blocks import Block, BlockKind, generated
from reports.formats.parts import ReportPart
from reports.formats.sentences import Spans
from reports.models import Style
from reports.states import FactsLook, HeadingLook

SPEAKER = re.compile(r"[^\s：。、]{1,20}：")
TITLE, NUMBER = re.compile(r"[{｛]\s*議題\s*[}｝]"), re.compile(r"[{｛]\s*番号\s*[}｝]")
# With the brackets around it, which say nothing where an item has no materials.
HANDOUTS = re.compile(
    r"(?P<open>[（(【〔［\[]?)\s{0,3}[{｛]\s{0,3}資料\s{0,3}[}｝]\s{0,3}(?P<close>[）)】〕］\]]?)"
)
SECTIONS = {"roll": BlockKind.SECTION, "overview": BlockKind.SECTION, "details": BlockKind.SECTION}
USUAL = {BlockKind.SECTION: HeadingLook.BRACKETS, BlockKind.SUBSECTION: HeadingLook.DOUBLE}
# By which a line is known; after a full stop a blank follows.
SIGNS = {
    BlockKind.POINT: ("point_sign", "○"),
    BlockKind.REPLY: ("reply_sign", "→"),
    BlockKind.CONTINUATION: ("reply_sign", "→"),
    BlockKind.QUESTION: ("question_sign", "Q."),
    BlockKind.ANSWER: ("answer_sign", "A."),
}
# Where somebody signs below the text, no number stands.
UNNUMBERED = {"signers"}
KEYS = {"roll": "roll", "details": "details", "overview": "overview", "asked": "questions", "notices": "notices"}


def names_a_speaker(words: str) -> bool:
    """「委員：」のように始まる行"""
    return SPEAKER.match(words) is not None


class Look:
    def __init__(self, style: Style) -> None:
        self.style = style
        self.numbers: Iterator[int] = count(1)
        self.fixed: Iterator[int] = count(1)
        self.said: Iterator[int] = count(1)

    def fact(self, part: ReportPart, spans: Spans, children: tuple[Block, ...]) -> Block:
        key = f"fixed-{next(self.fixed)}" if part.kind == "fixed" else part.kind
        look = self.style.facts_look
        label = part.heading if part.kind in UNNUMBERED else self._numbered(part.heading)
        kind = BlockKind.ROW if look == FactsLook.TABLE else BlockKind.FIELD
        leads = {FactsLook.COLON: f"{label}：", FactsLook.NUMBERED: f"{label}　"}
        frame = (leads[FactsLook(look)], "") if look in leads else None
        return Block(kind, key, spans, label, children, frame=frame)

    def words(self, part: ReportPart) -> Block:
        """A sentence of the style's own, without a heading."""
        return Block(BlockKind.PARAGRAPH, f"said-{next(self.said)}", (generated(part.text),))

    def heading(self, part: ReportPart) -> Block:
        kind = SECTIONS.get(part.kind, BlockKind.SUBSECTION)
        look = self.style.heading_look if kind == BlockKind.SECTION else self.style.subheading_look
        signs = {HeadingLook.BARE: ("", ""), HeadingLook.CIRCLE: ("○", "")}
        frame = None if look == USUAL[kind] else signs.get(HeadingLook(look), (look[0], look[-1]))
        return Block(kind, KEYS[part.kind], (generated(self._numbered(part.heading)),), frame=frame)

    @property
    def names_handouts(self) -> bool:
        return HANDOUTS.search(self.style.item_form) is not None

    def item(self, block: Block, handouts: str = "") -> Block:
        """`handouts`: 資料1、資料2, what is read with it."""
        form = self.style.item_form
        if form == usual.ITEM:
            return block
        said = NUMBER.sub(block.label, HANDOUTS.sub(rf"\g<open>{handouts}\g<close>" if handouts else "", form))
        before, behind = TITLE.split(said, maxsplit=1)
        return replace(block, frame=(before, behind.rstrip()))

    def signed(self, block: Block) -> Block:
        """A line of the record, a question, an answer; where people speak, their name is sign enough."""
        if block.kind not in SIGNS:
            return block
        name, usual_sign = SIGNS[block.kind]
        own = getattr(self.style, name)
        if self.style.has_speakers and names_a_speaker(block.text):
            return replace(block, frame=("", ""))
        return block if own == usual_sign else replace(block, frame=(f"{own} " if own.endswith(".") else own, ""))

    def _numbered(self, heading: str) -> str:
        numbered = self.style.facts_look == FactsLook.NUMBERED
        return f"{next(self.numbers)}　{heading}" if numbered else heading
