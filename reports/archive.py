"""What enters the archive, in the transaction that publishes.

What is withheld leaves it by a trigger (reports_leave_archive), whoever withholds it.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from reports import folding
from reports.formats.blocks import FACTS, Block, BlockKind, from_json, walk
from reports.models import PublicReport, ReportRevision

LINES, LONGEST = 3, 140
# 12　決定事項, in a style that counts its parts: three lines of them are no list.
NUMBERED = re.compile(r"^\d+　")
# What came of it, what is asked until next time: paragraphs of the overview, and facts of styles without one.
TOLD_FIRST = ("turnout", "decisions")
TOLD_AFTER = ("request", "following")
# For what the group was founded, and what stands below every report of a style, tell nothing of this one.
NOT_TOLD = {"purpose", "said", "roll"}
LINES_OF_RECORD = {BlockKind.POINT, BlockKind.PARAGRAPH}


def enter(revision: ReportRevision) -> PublicReport:
    """The newest revision takes the place of the one before."""
    meeting = revision.report.meeting
    blocks = from_json(revision.blocks)
    title = next((block.text for block in blocks if block.kind == BlockKind.TITLE), str(meeting))
    folded = folding.fold(revision.text)
    row, _made = PublicReport.objects.update_or_create(
        report=revision.report,
        defaults={
            "revision": revision,
            "group": meeting.group,
            "number": meeting.number,
            "held_on": meeting.day,
            "title": title,
            "summary": "\n".join(summary(blocks)),
            "published_at": revision.published_at,
            "folded": folded,
            "grams": sorted(folding.grams(folded)),
        },
    )
    return row


def enter_missing() -> int:
    """What stands in public and is not in the archive: published by the release before, or restored from it."""
    last = ReportRevision.objects.order_by("report", "-number").distinct("report").values("pk")
    missing = ReportRevision.objects.standing().filter(pk__in=last, public=None)
    # Held: who withholds one meanwhile waits, or is waited for.
    held = missing.select_related("report__meeting__group").select_for_update(of=("self",))
    return len([enter(revision) for revision in held.iterator(100)])


def summary(blocks: Sequence[Block]) -> list[str]:
    """What came of it and what is next, in at most three lines; where nothing tells, how the record begins."""
    every = [block for block in walk(blocks) if not block.withheld]
    told = [*_of(every, TOLD_FIRST), *_of(every, TOLD_AFTER)]
    points = (
        block.text
        for block in every
        if block.kind in LINES_OF_RECORD and block.key.partition("-")[0] not in NOT_TOLD
    )
    begins = islice((text for text in points if text and text not in told), LINES)
    return [_short(text) for text in [*told, *begins][:LINES]]


def _of(blocks: Sequence[Block], kinds: Sequence[str]) -> Iterator[str]:
    for block in blocks:
        if block.text and block.key.partition("-")[0] in kinds:
            label = NUMBERED.sub("", block.label)
            yield f"{label}：{block.text}" if block.kind in FACTS else block.text


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
