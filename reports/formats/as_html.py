"""A report as HTML: what a browser shows of the blocks. Written without templates: a report has hundreds of them,
and a citizen's page is mostly this.
"""

import re
from collections.abc import Iterable, Mapping
from html import escape
from itertools import groupby

from reports.formats.as_text import signs
from reports.formats.blocks import FACTS, Block, BlockKind, Span, SpanOrigin

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
# Read out before the words: the underline says it to the eye alone.
SAID = {SpanOrigin.GENERATED: "自動：", SpanOrigin.TYPED: "入力：", SpanOrigin.OVERRIDE: "置換え："}
TIME = re.compile(r"(?:午前|午後)?\d{1,2}(?:時(?:\d{1,2}分)?|:\d{2})(?![\d間])")
BRACKETED = {BlockKind.SECTION, BlockKind.SUBSECTION}
# Of a roll: long rows, each with a short word.
ROLL = "roll"
FRAMES: dict[str, tuple[str, str]] = {
    BlockKind.FIELD: ('<dl class="facts">\n', "</dl>\n"),
    BlockKind.ROW: ('<table class="report__table"><tbody>\n', "</tbody></table>\n"),
    ROLL: ('<table class="report__table report__table--roll"><tbody>\n', "</tbody></table>\n"),
}


class Html(str):
    """Escaped already: a template shows it as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


# Where the words of a block are changed, by its key; None on the pages that readers get.
Edits = Mapping[str, str] | None


def body(blocks: Iterable[Block], *, edits: Edits = None) -> Html:
    """Everything below the title. With `edits` it is the desk's own: each word says where it came from."""
    return Html("".join(_alike(kind, list(alike), edits) for kind, alike in groupby(blocks, _layout)))


def title(block: Block, *, edits: Edits = None) -> Html:
    return Html(_words(block, edits) + _edit(block, edits))


def _layout(block: Block) -> BlockKind | None:
    """What stands together: facts in a list, rows in a table, the rest each by itself."""
    return block.kind if block.kind in FACTS else None


def _alike(kind: BlockKind | None, blocks: list[Block], edits: Edits) -> str:
    if kind is None:
        return "".join(_block(block, edits) for block in blocks)
    opening, closing = FRAMES[ROLL if blocks[0].key.startswith("roll-") else kind]
    return opening + "".join(_fact(block, edits) for block in blocks) + closing


def _block(block: Block, edits: Edits) -> str:
    before, after = AROUND[block.kind]
    opening = before.format(key=escape(block.key))
    lead, tail = _signs(block)
    below = "".join(_block(child, edits) for child in block.children)
    edit = _edit(block, edits)
    beside = f'<p class="report__edit">{edit}</p>\n' if edit else ""
    return f"{opening}{_text(lead)}{_words(block, edits)}{_text(tail)}{after}{beside}{below}"


def heading(block: Block) -> str:
    """As it reads in the contents."""
    lead, tail = _signs(block)
    return f"{lead}{block.text}{tail}"


def _signs(block: Block) -> tuple[str, str]:
    """Around a heading the usual brackets say nothing here; a style's own signs stand everywhere."""
    return ("", "") if block.frame is None and block.kind in BRACKETED else signs(block)


def _fact(field: Block, edits: Edits) -> str:
    lines = "<br>".join(_words(block, edits) + _edit(block, edits) for block in (field, *field.children))
    label = escape(field.label)
    if field.kind == BlockKind.ROW:
        return f'<tr><th scope="row">{label}</th><td>{lines}</td></tr>\n'
    return f"<div><dt>{label}</dt><dd>{lines}</dd></div>\n"


def _words(block: Block, edits: Edits) -> str:
    if block.withheld or (edits is None and not any(span.reading or span.address for span in block.spans)):
        return _text(block.text)
    if edits is None:
        return "".join(map(_led, block.spans))
    return "".join(_marked(span) for span in block.spans)


def _led(span: Span) -> str:
    words = _read(span)
    return f'<a href="{escape(span.address)}">{words}</a>' if span.address else words


def _marked(span: Span) -> str:
    said = f'<span class="visually-hidden origin__said">{SAID[span.origin]}</span>'
    words = f'<span class="origin" data-origin="{span.origin}">{said}{_read(span)}</span>'
    if span.origin is not SpanOrigin.OVERRIDE:
        return words
    kept = f"（自動の文：{_text(span.computed)}／理由：{_text(span.reason)}）"
    return f'{words}<small class="origin__computed">{kept}</small>'


def _read(span: Span) -> str:
    """The reading above its words; the brackets are there for who copies them, and for a browser without ruby."""
    if not span.reading:
        return _text(span.text)
    words = span.text.removesuffix(f"（{span.reading}）")
    return f"<ruby>{escape(words)}<rp>（</rp><rt>{escape(span.reading)}</rt><rp>）</rp></ruby>"


def _edit(block: Block, edits: Edits) -> str:
    address = (edits or {}).get(block.key)
    if not address:
        return ""
    which = f'<span class="visually-hidden">：{escape(block.label or block.text[:12])}</span>'
    return f' <a class="report__edit no-print" href="{escape(address)}">置き換える{which}</a>'


def _text(text: str) -> str:
    """A time of day stays on one line, also on a phone."""
    return TIME.sub(r'<span class="nowrap">\g<0></span>', escape(text)).replace("\n", "<br>")
