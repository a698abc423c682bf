"""Pages of ours beside a bare Django view that lists 25 rows: requests per second in one process, and the ratio.

Everything runs in this process, through Django's test client, each page in turn with the bare view just before it,
for a machine that is busy slows both. The middle one of the ratios counts, by the clock and by this process's own
time on the processor, which says more under load. The bare view has no middleware, no session and a template of
five lines: it is what Django itself costs.
"""

import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from itertools import count
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

from tools.bench.house import empty_house

TURNS = 7
REQUESTS = 10
BARE = "a bare Django view, 25 rows"
MANY = 10_000

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase
    from django.test import Client

    from members.models import User


class Took(NamedTuple):
    clock: float
    processor: float

    def against(self, bare: "Took") -> "Took":
        return Took(self.clock / bare.clock, self.processor / bare.processor)


def measure(_peers: Path) -> Iterator[str]:
    with empty_house():
        yield from _side_by_side()


def _side_by_side() -> Iterator[str]:
    pages = _pages()
    best, ratios = dict.fromkeys(pages, float("inf")), defaultdict[str, list[Took]](list)
    for _turn in range(TURNS):
        for name, (client, url) in pages.items():
            bare, took = _took(*pages[BARE]), _took(client, url)
            best[name] = min(best[name], took.clock)
            ratios[name].append(took.against(bare))
    yield f"{'':44}{'requests/s':>12}  × the bare view's time   × its processor time   queries"
    for name, (client, url) in pages.items():
        clock, processor = (median(each) for each in zip(*ratios[name], strict=True))
        told = f"{clock:>21.1f} ×{processor:>21.1f} ×"
        yield f"{name:44}{REQUESTS / best[name]:>12,.0f}{told}{_queries(client, url):>10}"


def _pages() -> "dict[str, tuple[Client | _Bare | _Anew, str]]":
    from django.test import Client, override_settings

    from tools.bench import bare, rows

    few, thirty, fifty, many = rows.plant(25), rows.plant(30), rows.plant(50), rows.plant(MANY)
    for planted in (thirty, fifty):
        rows.answer(planted)
    rows.publish_lists(60)
    rows.settle()
    with override_settings(MIDDLEWARE=[], ROOT_URLCONF=bare.__name__):
        naked = Client()
        naked.get("/")
    asking = (few.desk, thirty.desk, fifty.desk, many.desk, rows.administrator())
    desk, thirty_desk, fifty_desk, big_desk, office = map(_logged_in, asking)
    citizen = Client()
    return {
        BARE: (_Bare(naked, bare.__name__), "/"),
        "the desk's member list, 25 people": (desk, f"/groups/{few.slug}/desk/members/"),
        "the desk's member list, a page of 50": (fifty_desk, f"/groups/{fifty.slug}/desk/members/"),
        f"the desk's member list, 50 of {MANY:,} people": (big_desk, f"/groups/{many.slug}/desk/members/"),
        "the roster, a page of 50": (fifty_desk, f"/groups/{fifty.slug}/members/"),
        f"the roster, 50 of {MANY:,} people": (big_desk, f"/groups/{many.slug}/members/"),
        f"all people, a page of {MANY:,}": (office, "/manage/people/"),
        f"all people, a word searched in {MANY:,}": (office, "/manage/people/?q=見本"),
        "the audit log, a page of 50": (office, "/manage/audit/"),
        "the tally of 25 people, nobody answered": (desk, f"/groups/{few.slug}/desk/meetings/2/tally/"),
        "the tally of 30 people, 20 answered": (thirty_desk, f"/groups/{thirty.slug}/desk/meetings/2/tally/"),
        "the tally, a page of 50, 34 answered": (fifty_desk, f"/groups/{fifty.slug}/desk/meetings/2/tally/"),
        "the published report": (citizen, f"/groups/{few.slug}/meetings/1/report/"),
        "the same, made anew after an action": (_Anew(citizen), f"/groups/{few.slug}/meetings/1/report/"),
        "the catalogue, 30 of 60 lists": (citizen, "/data/"),
        "the same list, made anew after an action": (_Anew(citizen), "/data/"),
        "the catalogue, a word searched": (citizen, "/data/?q=トイレ"),
        "a list in the catalogue": (citizen, "/data/list-1/"),
    }


def _logged_in(user: "User") -> "Client":
    from django.test import Client

    client = Client()
    client.force_login(user)
    return client


class _Bare:
    """The naked client, which needs its own map of pages."""

    def __init__(self, client: "Client", urls: str) -> None:
        self.client, self.urls = client, urls

    def map(self) -> AbstractContextManager[Any]:
        from django.test import override_settings

        return override_settings(ROOT_URLCONF=self.urls)

    def get(self, url: str) -> "HttpResponseBase":
        return self.client.get(url)


class _Anew:
    """Asks for an address that nobody asked for before: the page is not remembered."""

    def __init__(self, client: "Client") -> None:
        self.client, self.asked = client, count()

    def get(self, url: str) -> "HttpResponseBase":
        return self.client.get(url, {"asked": next(self.asked)})


def _map(client: "Client | _Bare | _Anew") -> AbstractContextManager[Any]:
    return client.map() if isinstance(client, _Bare) else nullcontext()


def _took(client: "Client | _Bare | _Anew", url: str) -> Took:
    with _map(client):
        # Another map of pages is read at the first request.
        client.get(url)
        clock, processor = time.perf_counter(), time.process_time()
        for _request in range(REQUESTS):
            response = client.get(url)
            assert response.status_code == 200, (url, response.status_code)
        return Took(time.perf_counter() - clock, time.process_time() - processor)


def _queries(client: "Client | _Bare | _Anew", url: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with _map(client):
        # Once a minute a page writes down that its reader is here.
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
    return len(queries)
