"""A report is a tree of blocks; a block's words are spans, each of which knows where it came from.

What is withheld never enters the tree: such a block carries the reason in place of its words.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class BlockKind(StrEnum):
    TITLE = "title"
    # What a reader of a published revision is told before all else: that it was corrected.
    NOTICE = "notice"
    FIELD = "field"
    # The same as a row of a table.
    ROW = "row"
    FIELD_LINE = "field_line"
    SECTION = "section"
    SUBSECTION = "subsection"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    POINT = "point"
    REPLY = "reply"
    CONTINUATION = "continuation"
    PLAIN = "plain"
    QUESTION = "question"
    ANSWER = "answer"
    END = "end"
    EDITION = "edition"


# What the rows make as a whole; a line of the record is written anew where it stands.
REPLACEABLE = frozenset(
    {
        BlockKind.TITLE,
        BlockKind.FIELD,
        BlockKind.ROW,
        BlockKind.FIELD_LINE,
        BlockKind.PARAGRAPH,
        BlockKind.ITEM,
    }
)
# What somebody asked and was answered: printed in other words only where a person wrote them and said why.
ASKED = frozenset({BlockKind.QUESTION, BlockKind.ANSWER})
# A label and what stands beside it.
FACTS = frozenset({BlockKind.FIELD, BlockKind.ROW})


class SpanOrigin(StrEnum):
    TYPED = "typed"
    GENERATED = "generated"
    # Typed by a person in place of what was generated; the computed words and the reason stay with it.
    OVERRIDE = "override"


@dataclass(frozen=True)
class Span:
    text: str
    origin: SpanOrigin = SpanOrigin.TYPED
    computed: str = ""
    reason: str = ""
    # Where its words lead on a page; never frozen.
    address: str = ""
    # How its words are read, which stands in brackets behind them: 見本会館（みほんかいかん）.
    reading: str = ""


@dataclass(frozen=True)
class Block:
    """`key` names the block for good; `label` is the 日時 of a field, the number of an item."""

    kind: BlockKind
    key: str
    spans: tuple[Span, ...] = ()
    label: str = ""
    children: tuple["Block", ...] = ()
    withheld: str = ""
    # What stands before and behind its words where a style has another sign than is usual.
    frame: tuple[str, str] | None = None

    @property
    def text(self) -> str:
        if self.withheld:
            return f"（一部非公開：{self.withheld}）"
        return "".join(span.text for span in self.spans)

    @property
    def is_replaceable(self) -> bool:
        if self.kind in ASKED:
            return True
        return self.kind in REPLACEABLE and any(span.origin is not SpanOrigin.TYPED for span in self.spans)

    @property
    def computed(self) -> str:
        """As the rows have it, whatever stands in its place."""
        return "".join(span.computed if span.origin is SpanOrigin.OVERRIDE else span.text for span in self.spans)

    @property
    def sha256(self) -> str:
        """Names these words and what the rows make in their place."""
        return hashlib.sha256(f"{self.text}\0{self.computed}".encode()).hexdigest()

    @property
    def origin(self) -> SpanOrigin:
        """Tell whose words these are: one span of a person's own makes the block theirs."""
        origins = {span.origin for span in self.spans}
        return next(
            (found for found in (SpanOrigin.OVERRIDE, SpanOrigin.TYPED) if found in origins), SpanOrigin.GENERATED
        )


def typed(text: str) -> Span:
    return Span(text)


def generated(text: str) -> Span:
    return Span(text, SpanOrigin.GENERATED)


def read_as(words: str, reading: str) -> Span:
    return Span(f"{words}（{reading}）", SpanOrigin.GENERATED, reading=reading) if reading else generated(words)


def overridden(text: str, *, computed: str, reason: str) -> Span:
    return Span(text, SpanOrigin.OVERRIDE, computed, reason)


def with_notices(blocks: Iterable[Block], notices: Iterable[Block]) -> tuple[Block, ...]:
    """Below the title, above everything else."""
    title, *others = blocks
    return title, *notices, *others


def walk(blocks: Iterable[Block]) -> Iterator[Block]:
    """Visit every block in reading order."""
    for block in blocks:
        yield block
        yield from walk(block.children)


def numbered(blocks: Iterable[Block]) -> list[tuple[int, Block]]:
    """Pair each block with the number by which the proof's red ink refers to it."""
    return list(enumerate(walk(blocks), start=1))


# The form in which a published revision freezes its blocks


def to_json(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    return [_block_to_json(block) for block in blocks]


def from_json(data: Iterable[dict[str, Any]]) -> tuple[Block, ...]:
    return tuple(_block_from_json(block) for block in data)


def _block_to_json(block: Block) -> dict[str, Any]:
    data = {
        "kind": block.kind.value,
        "key": block.key,
        "label": block.label,
        "spans": [_span_to_json(span) for span in block.spans],
        "children": to_json(block.children),
        "withheld": block.withheld,
    }
    return data | {"frame": list(block.frame)} if block.frame else data


def _block_from_json(data: dict[str, Any]) -> Block:
    return Block(
        kind=BlockKind(data["kind"]),
        key=data["key"],
        label=data["label"],
        spans=tuple(_span_from_json(span) for span in data["spans"]),
        children=from_json(data["children"]),
        withheld=data["withheld"],
        frame=(data["frame"][0], data["frame"][1]) if "frame" in data else None,
    )


def _span_to_json(span: Span) -> dict[str, str]:
    data = {"text": span.text, "origin": span.origin.value}
    if span.origin is SpanOrigin.OVERRIDE:
        data |= {"computed": span.computed, "reason": span.reason}
    return data | {"reading": span.reading} if span.reading else data


def _span_from_json(data: dict[str, str]) -> Span:
    return Span(
        text=data["text"],
        origin=SpanOrigin(data["origin"]),
        computed=data.get("computed", ""),
        reason=data.get("reason", ""),
        reading=data.get("reading", ""),
    )
