"""The report as plain text, in the layout in which the office publishes it."""

from collections.abc import Iterable
from typing import NamedTuple

from reports.formats.blocks import Block, BlockKind, SpanOrigin, walk


class Shape(NamedTuple):
    lead: str = ""
    tail: str = ""
    gap: str = "\n\n"


PLAIN = Shape()
SHAPES = {
    BlockKind.NOTICE: Shape(lead="【{label}】 "),
    BlockKind.FIELD: Shape(lead="【{label}】 "),
    BlockKind.ROW: Shape(lead="{label}　"),
    BlockKind.SECTION: Shape(lead="【", tail="】"),
    BlockKind.SUBSECTION: Shape(lead="《", tail="》"),
    BlockKind.ITEM: Shape(lead="{label}. "),
    BlockKind.POINT: Shape(lead="○"),
    # → stands directly under the line that it answers or continues.
    BlockKind.REPLY: Shape(lead="→", gap="\n"),
    BlockKind.CONTINUATION: Shape(lead="→", gap="\n"),
    BlockKind.QUESTION: Shape(lead="Q. "),
    BlockKind.ANSWER: Shape(lead="A. "),
}


def render(blocks: Iterable[Block]) -> str:
    """Set the blocks one below the other, an empty line between; the text ends with one newline."""
    text = "".join(SHAPES.get(block.kind, PLAIN).gap + line(block) for block in walk(blocks))
    return f"{text.strip()}\n"


def line(block: Block) -> str:
    lead, tail = signs(block)
    return f"{lead}{block.text}{tail}"


def signs(block: Block) -> tuple[str, str]:
    """What stands before and behind a block's words: the style's own signs, or the usual ones."""
    shape = SHAPES.get(block.kind, PLAIN)
    return block.frame or (shape.lead.format(label=block.label), shape.tail)


def count(blocks: Iterable[Block]) -> dict[SpanOrigin, int]:
    """Tell how many characters of the rendered text came from where; signs and gaps count as generated."""
    blocks = tuple(blocks)
    counts = dict.fromkeys(SpanOrigin, 0)
    for block in walk(blocks):
        for span in () if block.withheld else block.spans:
            counts[span.origin] += len(span.text)
    people = counts[SpanOrigin.TYPED] + counts[SpanOrigin.OVERRIDE]
    counts[SpanOrigin.GENERATED] = len(render(blocks).strip()) - people
    return counts
