"""A thousand people answer, fifty at a time: no error, nothing lost; and how fast, beside a bare page."""

import time
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http.client import HTTPConnection
from typing import Any

from members.models import Membership
from tools.drills import KILLS, Counts, judge
from tools.drills.answers import found, open_form
from tools.drills.phone import BROKEN, HOST, Page, Phone, address_for_one_more
from tools.drills.portal import running_portal

PEOPLE = 1000 if KILLS >= 40 else 100
AT_ONCE = 50
# Who opens the page, which nobody is waiting for here.
BEFORE = 8
# Seconds after which nobody waits any more: a busy machine is slow, and that is no error.
PATIENCE = 120
# Beside an answer that was taken: whoever sends it sees its receipt.
TAKEN, BROKEN_OFF = 302, 0


def fifty_at_a_time() -> Counts:
    survey = open_form()
    people = [address_for_one_more(survey) for _ in range(PEOPLE)]
    with running_portal() as port, ThreadPoolExecutor(BEFORE) as few, ThreadPoolExecutor(AT_ONCE) as crowd:
        pages = list(few.map(lambda person: _filled(port, *person), people))
        said, answers = _measured(crowd, partial(_sent, port), pages)
        # At once: whoever was told so has it stored.
        kept = found(pages, pages)
        bare, bare_pages = _measured(crowd, lambda _: _bare(port), range(PEOPLE))
    errors = PEOPLE - said[TAKEN] + PEOPLE - bare[200]
    counts = {"errors": errors, **kept, "answers/s": round(answers), "bare pages/s": round(bare_pages)}
    once = counts["people"] == counts["stored"] == counts["receipts"] == counts["audited"]
    return judge(counts, all_right=once and not (errors or counts["lost"] or counts["doubled"]))


def _measured(
    crowd: ThreadPoolExecutor, ask: Callable[[Any], int], given: Iterable[Any]
) -> tuple[Counter[int], float]:
    """What was said, and how much of it in a second."""
    begun = time.monotonic()
    said = Counter(crowd.map(ask, given))
    return said, said.total() / (time.monotonic() - begun)


def _filled(port: int, address: str, membership: Membership) -> Page:
    page = _phone(port).open(address, membership)
    page.fill(mode="venue", note=f"連絡 {page.fields['key']}")
    return page


def _phone(port: int) -> Phone:
    phone = Phone(port)
    phone.line.timeout = PATIENCE
    return phone


def _sent(port: int, page: Page) -> int:
    try:
        return _phone(port).send(page)
    except BROKEN:
        return BROKEN_OFF


def _bare(port: int) -> int:
    """The page that does nothing but ask whether the database is there."""
    line = HTTPConnection(HOST, port, timeout=PATIENCE)
    try:
        line.request("GET", "/healthz")
        response = line.getresponse()
        response.read()
    except BROKEN:
        return BROKEN_OFF
    finally:
        line.close()
    return response.status


STEPS = {"fifty at a time": fifty_at_a_time}
