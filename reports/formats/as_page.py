"""The blocks as a web page needs them: its heading, its facts, its contents, its body."""

from collections.abc import Iterable
from itertools import takewhile
from typing import NamedTuple

from reports.formats import as_html
from reports.formats.as_html import Edits, Html
from reports.formats.blocks import FACTS, Block, BlockKind

HEADINGS = {BlockKind.SECTION, BlockKind.SUBSECTION, BlockKind.ITEM}
# Which a page says in a place of its own.
APART = {BlockKind.TITLE, BlockKind.NOTICE, BlockKind.EDITION}


class ContentsLine(NamedTuple):
    """A line of the contents."""

    kind: BlockKind
    key: str
    words: str


class Page(NamedTuple):
    title: str
    heading: Html
    notices: list[Block]
    facts: Html
    body: Html
    headings: list[ContentsLine]


def page_of(blocks: Iterable[Block], *, edits: Edits = None) -> Page:
    """The tree keeps reading order; only the title, the notices and the facts on top are set apart.

    `edits` as in as_html: on the desk's own page.
    """
    blocks = list(blocks)
    told = [block for block in blocks if block.kind not in APART]
    facts = list(takewhile(lambda block: block.kind in FACTS, told))
    title = next(block for block in blocks if block.kind == BlockKind.TITLE)
    return Page(
        title=title.text,
        heading=as_html.title(title, edits=edits),
        notices=[block for block in blocks if block.kind == BlockKind.NOTICE],
        facts=as_html.body(facts, edits=edits),
        body=as_html.body(told[len(facts) :], edits=edits),
        headings=[
            ContentsLine(block.kind, block.key, as_html.heading(block)) for block in told if block.kind in HEADINGS
        ],
    )
