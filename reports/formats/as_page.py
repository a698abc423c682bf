"""The blocks as a web page needs them: its heading, its facts, its contents, its body."""

from collections.abc import Iterable
from typing import NamedTuple

from reports.formats import as_html
from reports.formats.as_html import Html
from reports.formats.blocks import Block, BlockKind

HEADINGS = {BlockKind.SECTION, BlockKind.SUBSECTION, BlockKind.ITEM}


class Page(NamedTuple):
    title: str
    facts: Html
    body: Html
    headings: list[Block]


def page_of(blocks: Iterable[Block], *, colours: bool = False) -> Page:
    """The tree keeps reading order; only the title and the fields above the first section are set apart."""
    blocks = list(blocks)
    body = [block for block in blocks if block.kind not in (BlockKind.TITLE, BlockKind.FIELD)]
    return Page(
        title=next(block.text for block in blocks if block.kind == BlockKind.TITLE),
        facts=as_html.facts((block for block in blocks if block.kind == BlockKind.FIELD), colours=colours),
        body=as_html.body(body, colours=colours),
        headings=[block for block in body if block.kind in HEADINGS],
    )
