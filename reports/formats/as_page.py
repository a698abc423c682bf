"""The blocks sorted as a web page needs them: its heading, its facts, its contents, its body."""

from collections.abc import Iterable
from typing import NamedTuple

from meetings.report.blocks import Block, Kind

HEADINGS = {Kind.SECTION, Kind.SUBSECTION, Kind.ITEM}


class Page(NamedTuple):
    title: str
    fields: list[Block]
    body: list[Block]
    headings: list[Block]


def page_of(blocks: Iterable[Block]) -> Page:
    """The tree keeps reading order; only the title and the fields above the first section are set apart."""
    blocks = list(blocks)
    body = [block for block in blocks if block.kind not in (Kind.TITLE, Kind.FIELD)]
    return Page(
        title=next(block.text for block in blocks if block.kind == Kind.TITLE),
        fields=[block for block in blocks if block.kind == Kind.FIELD],
        body=body,
        headings=[block for block in body if block.kind in HEADINGS],
    )
