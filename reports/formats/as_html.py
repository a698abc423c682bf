"""A report as HTML: what a browser shows of the blocks. Written without templates: a report has hundreds of them,
and a citizen's page is mostly this.
"""

import re
from collections.abc import Iterable
from html import escape
from itertools import groupby

from reports.formats.as_text import signs
from reports.formats.blocks import FACTS, Block, BlockKind

# What stands around a block's words and its signs; {key} is the block's own.
AROUND: dict[BlockKind, tuple[str, str]] = {
    BlockKind.SECTION: ('<h2 id="{key}">', "</h2>\n"),
    BlockKind.SUBSECTION: ('<h2 id="{key}">', "</h2>\n"),
    BlockKind.ITEM: ('<h3 id="{key}">', "</h3>\n"),
    BlockKind.QUESTION: ('<h3 class="report__question" id="{key}">', "</h3>\n"),
    BlockKind.ANSWER: ('<p class="report__answer">', "</p>\n"),
    BlockKind.POINT: ('<p class="report__line">', "</p>\n"),
    BlockKind.REPLY: ('<p class="report__line" data-under>', "</p>\n"),
    BlockKind.CONTINUATION: ('<p class="report__line" data-under>', "</p>\n"),
    BlockKind.PARAGRAPH: ('<p class="report__paragraph">', "</p>\n"),
    BlockKind.PLAIN: ('<p class="report__plain">', "</p>\n"),
    BlockKind.END: ('<p class="report__end">', "</p>\n"),
}
TIME = re.compile(r"(?:午[前後])?[0-9]{1,2}(?:時(?:[0-9]{1,2}分)?|:[0-9]{2})")
BRACKETED = {BlockKind.SECTION, BlockKind.SUBSECTION}
FRAMES = {
    BlockKind.FIELD: ('<dl class="facts">\n', "</dl>\n"),
    BlockKind.ROW: ('<table class="report__table"><tbody>\n', "</tbody></table>\n"),
}


class Html(str):
    """Escaped already: a template shows it as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


def body(blocks: Iterable[Block], *, colours: bool = False) -> Html:
    """Everything below the title. `colours` marks each word with where it came from, for the desk."""
    return Html("".join(_alike(kind, list(alike), colours) for kind, alike in groupby(blocks, _layout)))


def _layout(block: Block) -> BlockKind | None:
    """What stands together: facts in a list, rows in a table, the rest each by itself."""
    return block.kind if block.kind in FACTS else None


def _alike(kind: BlockKind | None, blocks: list[Block], colours: bool) -> str:
    if kind is None:
        return "".join(_block(block, colours) for block in blocks)
    opening, closing = FRAMES[kind]
    return opening + "".join(_fact(block, colours) for block in blocks) + closing


def _block(block: Block, colours: bool) -> str:
    before, after = AROUND[block.kind]
    opening = before.format(key=escape(block.key))
    lead, tail = _signs(block)
    below = "".join(_block(child, colours) for child in block.children)
    return f"{opening}{_text(lead)}{_words(block, colours)}{_text(tail)}{after}{below}"


def heading(block: Block) -> str:
    """As it reads in the contents."""
    lead, tail = _signs(block)
    return f"{lead}{block.text}{tail}"


def _signs(block: Block) -> tuple[str, str]:
    """Around a heading the usual brackets say nothing here; a style's own signs stand everywhere."""
    return ("", "") if block.frame is None and block.kind in BRACKETED else signs(block)


def _fact(field: Block, colours: bool) -> str:
    lines = "<br>".join(_words(block, colours) for block in (field, *field.children))
    label = escape(field.label)
    if field.kind == BlockKind.ROW:
        return f'<tr><th scope="row">{label}</th><td>{lines}</td></tr>\n'
    return f"<div><dt>{label}</dt><dd>{lines}</dd></div>\n"


def _words(block: Block, colours: bool) -> str:
    if block.withheld or not colours:
        return _with_times(block) if block.key == "held" else _text(block.text)
    return "".join(
        f'<span class="origin" data-origin="{span.origin}">{_text(span.text)}</span>' for span in block.spans
    )


def _with_times(block: Block) -> str:
    """On a phone no line ends between 午後1時 and 00分."""
    return TIME.sub(r'<span class="nowrap">\g<0></span>', _text(block.text))


def _text(text: str) -> str:
    return escape(text).replace("\n", "<br>")
