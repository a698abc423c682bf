"""A paper as plain text, for a place that takes nothing else: groupware, chat, an email.

Sides are left out: where letters have different widths, blanks put nothing to the right.
"""

from collections.abc import Iterable

from foundation.documents.blocks import (
    Block,
    Document,
    Gap,
    HangingLine,
    Heading,
    LabelTable,
    NextPage,
    NumberedLine,
    SeatCard,
    TextLine,
)

WIDE = "　"


def render(document: Document) -> str:
    """Ends with one newline."""
    return f"{lines(document.blocks).strip()}\n"


def lines(blocks: Iterable[Block]) -> str:
    return "\n".join(_line(block) for block in blocks)


def _line(block: Block) -> str:
    match block:
        case TextLine() | Heading() | HangingLine():
            return block.text
        case LabelTable():
            return "\n".join(WIDE.join(row) for row in block.rows)
        case NumberedLine():
            text = block.text.replace("\n", "\n" + WIDE * (2 + block.level))
            parts = [f"{WIDE * block.level}{block.mark}", block.label, text]
            return WIDE.join(part for part in parts if part)
        case SeatCard():
            return f"{block.title}{WIDE}{block.name}".strip(WIDE)
        case Gap() | NextPage():
            return ""
