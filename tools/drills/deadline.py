"""The deadline passes while people send, and while their answers wait for a lock: who writes after it is refused.

And nobody else is. The judge is the clock of this process, not a time that the portal wrote.
"""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import NamedTuple

from django.db import connection

from meetings.models import Reply, Survey
from tools.drills import KILLS, Counts, judge
from tools.drills.answers import open_form
from tools.drills.phone import Page, address_for_one_more, filled_in, open_page, press
from tools.drills.portal import running_portal

PEOPLE, IN_TIME = (1000, 400) if KILLS >= 40 else (150, 50)
AT_ONCE = 12
WAITING = 6
# Seconds until the deadline: for those who are let go before it, and for a crowd that is sending.
SOON, A_MOMENT = 5.0, 0.3
WAITERS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
HOLD = "SELECT id FROM members_membership WHERE id = ANY(%s) FOR NO KEY UPDATE"


class Press(NamedTuple):
    page: Page
    begun: float
    status: int
    ended: float


def sent(port: int, page: Page) -> Press:
    begun = time.time()
    return Press(page, begun, press(port, page), time.time())


def set_deadline(survey: Survey, seconds: float) -> float:
    """The moment from which on it holds: on a crowded machine it may be past when it is set."""
    moment = time.time() + seconds
    Survey.objects.filter(pk=survey.pk).update(closes_at=datetime.fromtimestamp(moment, UTC))
    return moment


def waiting_across_it() -> Counts:
    """Somebody else holds the rows of two handfuls of people; one is let go in time, the other too late."""
    survey = open_form()
    with running_portal("--threads", str(2 * WAITING)) as port, ThreadPoolExecutor(2 * WAITING) as crowd:
        early, late = ([open_page(port, survey) for _ in range(WAITING)] for _ in range(2))
        with held(late):
            with held(early):
                presses = [crowd.submit(sent, port, page) for page in early + late]
                waited = wait_for_waiters(2 * WAITING)
                deadline = set_deadline(survey, SOON)
            in_time = [pressed.result() for pressed in presses[:WAITING]]
            time.sleep(max(0, deadline + A_MOMENT - time.time()))
        past_it = [pressed.result() for pressed in presses[WAITING:]]
    counts = {
        "waited for a lock": waited,
        "let go in time": WAITING,
        "acknowledged": sum(pressed.status == 302 for pressed in in_time),
        "let go past it": WAITING,
        "refused": sum(pressed.status == 200 for pressed in past_it),
        "stored late": Reply.objects.filter(membership__in=[page.membership for page in late]).count(),
        "kept as drafts": survey.drafts.count(),
    }
    wanted = dict.fromkeys(counts, WAITING) | {"waited for a lock": 2 * WAITING, "stored late": 0}
    return judge(counts, all_right=counts == wanted and in_time[-1].ended < deadline)


@contextmanager
def held(pages: list[Page]) -> Iterator[None]:
    """By a transaction of somebody else's, as when the desk enters what it is told by telephone."""
    other = connection.copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute(HOLD, [[page.membership.pk for page in pages]])
        yield
        other.rollback()
    finally:
        other.close()


def wait_for_waiters(number: int) -> int:
    """How many wait, of so many that should."""
    until = time.monotonic() + 20
    while True:
        with connection.cursor() as cursor:
            cursor.execute(WAITERS)
            (waiting,) = cursor.fetchone()
        if waiting >= number or time.monotonic() > until:
            return waiting
        time.sleep(0.02)


def a_crowd_at_the_last_second() -> Counts:
    survey = open_form()
    with running_portal() as port, ThreadPoolExecutor(AT_ONCE) as crowd:
        people = [address_for_one_more(survey) for _ in range(PEOPLE)]
        pages = list(crowd.map(lambda person: filled_in(port, *person), people))
        presses = [crowd.submit(sent, port, page) for page in pages]
        while survey.replies.count() < IN_TIME and not presses[-1].done():
            time.sleep(0.01)
        deadline = set_deadline(survey, A_MOMENT)
        certain = max(deadline, time.time())
        said = [pressed.result() for pressed in presses]
    acknowledged = [pressed for pressed in said if pressed.status == 302]
    refused = [pressed for pressed in said if pressed.status == 200]
    counts = {
        "sent": PEOPLE,
        "acknowledged": len(acknowledged),
        "stored": survey.replies.count(),
        "refused": len(refused),
        "kept as drafts": survey.drafts.count(),
        "sent late and stored": sum(pressed.begun > certain for pressed in acknowledged),
        "refused in time": sum(pressed.ended < deadline for pressed in refused),
    }
    return judge(
        counts,
        all_right=counts["acknowledged"] == counts["stored"] >= IN_TIME
        and counts["refused"] == counts["kept as drafts"] > 0
        and counts["acknowledged"] + counts["refused"] == PEOPLE
        and not counts["sent late and stored"]
        and not counts["refused in time"],
    )


STEPS = {"waiting across it": waiting_across_it, "a crowd at the last second": a_crowd_at_the_last_second}
