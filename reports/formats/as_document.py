"""A report as a paper of the office, for Word and PDF (foundation/documents): line for line what the text says."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from foundation.documents.blocks import (
    Block as Line,
    Document,
    HangingLine,
    Heading,
    LabelTable,
    Side,
    TextLine,
)
from reports.formats.as_text import line
from reports.formats.blocks import Block, BlockKind, walk

LEVELS = {BlockKind.SECTION: 2, BlockKind.SUBSECTION: 2, BlockKind.ITEM: 3, BlockKind.QUESTION: 3}
UNDER_A_SIGN = {BlockKind.POINT: 0, BlockKind.REPLY: 1, BlockKind.CONTINUATION: 1, BlockKind.ANSWER: 0}


def document_of(blocks: Iterable[Block], *, author: str, foot: str) -> Document:
    """`foot` says on each page which edition it is; readers of a single sheet know then whether it is the last."""
    blocks = list(blocks)
    title = next(block.text for block in blocks if block.kind == BlockKind.TITLE)
    return Document(title=title, author=author, blocks=tuple(_lines(blocks)), foot=foot)


def _lines(blocks: list[Block]) -> Iterator[Line]:
    deepest = 1
    for is_table, alike in groupby(blocks, lambda block: block.kind == BlockKind.ROW):
        if is_table:
            yield _table(tuple((block.label, _cell(block)) for block in alike))
            continue
        for block in walk(alike):
            level = min(LEVELS.get(block.kind, 0), deepest + 1)
            deepest = level or deepest
            yield Heading(line(block), level) if level else _line(block)


def _table(rows: tuple[tuple[str, str], ...]) -> LabelTable:
    """Of a roll the people are longer than 出 or 欠."""
    longest = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return LabelTable(rows, label_tenths=7) if longest[0] > longest[1] else LabelTable(rows)


def _cell(block: Block) -> str:
    return "\n".join(one.text for one in (block, *block.children))


def _line(block: Block) -> Line:
    if block.kind == BlockKind.TITLE:
        return TextLine(line(block), Side.CENTER, is_title=True)
    if block.kind in {BlockKind.END, BlockKind.EDITION}:
        return TextLine(line(block), Side.END)
    if block.kind in UNDER_A_SIGN:
        return HangingLine(line(block), UNDER_A_SIGN[block.kind])
    return TextLine(line(block))
