"""A group answers around the deadline; what was acknowledged is stored, what was refused is not."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from django.utils import timezone

from meetings.models import Reply, ReplyDraft, Survey
from tools.drills import Counts, Failed
from tools.drills.load import AT_ONCE, open_form, page_of, press

PEOPLE = 150
IN_TIME = 50
A_MOMENT = timedelta(seconds=0.3)


def drill() -> Iterator[tuple[str, Counts]]:
    survey = open_form()
    pages = [page_of(survey) for _ in range(PEOPLE)]
    with ThreadPoolExecutor(AT_ONCE) as crowd:
        presses = [crowd.submit(press, page) for page in pages]
        closes_at = close_after(IN_TIME)
        said = [pressed.result() for pressed in presses]
    counts = {
        "sent": PEOPLE,
        "acknowledged": said.count(302),
        "stored": Reply.objects.count(),
        "refused": said.count(200),
        "kept as drafts": ReplyDraft.objects.count(),
        "stored late": Reply.objects.filter(changed_at__gt=closes_at).count(),
    }
    if not all_right(counts):
        raise Failed(str(counts))
    yield "at the last second", counts


def close_after(answers: int) -> datetime:
    """Let the deadline strike a moment after so many have answered, while the others are still sending.

    On a crowded machine it may be past when it is set: from then on it holds, and that moment is returned.
    """
    while Reply.objects.count() < answers:
        time.sleep(0.01)
    closes_at = timezone.now() + A_MOMENT
    Survey.objects.update(closes_at=closes_at)
    return max(closes_at, timezone.now())


def all_right(counts: dict[str, int]) -> bool:
    return (
        counts["acknowledged"] == counts["stored"] >= IN_TIME
        and counts["refused"] == counts["kept as drafts"] > 0
        and counts["acknowledged"] + counts["refused"] == counts["sent"]
        and counts["stored late"] == 0
    )
