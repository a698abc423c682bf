"""A published revision as its readers get it: what was corrected, what was published, and which edition it is.

One tree for the page, the text, Word and PDF. The first edition is the frozen text alone; a later one says on top
what was corrected and when, and at its end which edition it is. On paper that stands below every page anyway.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from foundation.calendar import wareki
from foundation.documents.blocks import Document
from reports.formats import as_text
from reports.formats.as_document import document_of
from reports.formats.blocks import Block, BlockKind, Span, SpanOrigin, from_json, generated, with_notices
from reports.models import ReportRevision

# The key of that list.
MATERIALS = "materials"


def tree(revisions: Sequence[ReportRevision], addresses: Mapping[str, str] | None = None) -> tuple[Block, ...]:
    """Of all revisions, oldest first, the last one is read. `addresses`: where the page has 資料1, 資料2, …"""
    last = revisions[-1]
    blocks = tuple(_led(block, addresses or {}) for block in from_json(last.blocks))
    if last.number == 1:
        return blocks
    end = Block(BlockKind.EDITION, "edition", (generated(edition(last)),))
    return (*with_notices(blocks, _notices(reversed(revisions))), end)


def _led(block: Block, addresses: Mapping[str, str]) -> Block:
    """The list of what was handed out, each line of it leading to what it names; unless a person wrote another."""
    if block.key != MATERIALS or block.origin is not SpanOrigin.GENERATED or not addresses:
        return block
    spans: list[Span] = []
    for line in block.text.split("\n"):
        if spans:
            spans.append(generated("\n"))
        spans.append(replace(generated(line), address=addresses.get(line.partition("　")[0], "")))
    return replace(block, spans=tuple(spans))


def title(revision: ReportRevision) -> str:
    return next(block.text for block in from_json(revision.blocks) if block.kind == BlockKind.TITLE)


def edition(revision: ReportRevision) -> str:
    return _("第%(number)s版（%(day)s公開）") % {
        "number": revision.number,
        "day": wareki.plain_date(revision.published_at),
    }


def text(revisions: Sequence[ReportRevision]) -> str:
    return as_text.render(tree(revisions))


def document(revisions: Sequence[ReportRevision]) -> Document:
    last = revisions[-1]
    return document_of(tree(revisions), author=last.report.meeting.group.parent_body, foot=edition(last))


def _notices(newest_first: Iterable[ReportRevision]) -> list[Block]:
    return [
        Block(BlockKind.NOTICE, f"notice-{one.number}", (generated(_told(one)),), _heading(one))
        for one in newest_first
        if one.correction or one.resumed_reason
    ]


def _heading(revision: ReportRevision) -> str:
    return _("訂正のお知らせ") if revision.correction else _("公開再開のお知らせ")


def _told(revision: ReportRevision) -> str:
    day = wareki.date(revision.published_at)
    if revision.correction:
        return _("%(day)s 一部訂正（訂正箇所：%(what)s）") % {"day": day, "what": revision.correction}
    return _("%(day)s 公開を再開（理由：%(what)s）") % {"day": day, "what": revision.resumed_reason}
