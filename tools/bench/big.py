"""A big town beside a tenth of it: how many buffers of the database each page reads, with all its queries.

Buffers (8 KB each, from memory or disk) are counted and not timed, so that a busy machine changes nothing. A page
that reads the whole of a table grows with the town; one that reads what it shows stays. Of a small town a table is
one block, of a big one an index is three deep: so much for each query is no growth. Whether what is left is any
tells a town three times as big (`THRICE=1`), with as long a list and a log. Last, how long the call of a meeting
takes whoever presses the button, for 30 people and for 3,000.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from tools.bench.house import empty_house

if TYPE_CHECKING:
    from django.test import Client

# Of the full town; the others have a tenth, or thrice, of each.
FULL = {"groups": 200, "lists": 3_000, "lines": 30_000, "events": 300_000}
PEOPLE, MEETINGS = 30, 5
TENTH, ALL, THRICE = 1, 10, 30
MOST, LEVELS = 1.5, 3
CALLED = (30, 3_000)


class Read(NamedTuple):
    buffers: int
    queries: int


def main() -> int:
    sizes = [TENTH, ALL, *([THRICE] if "THRICE" in os.environ else [])]
    grown = _compare([_in_a_process("town", size) for size in sizes])
    few_people, many_people = CALLED
    few, many = _in_a_process("calls", ALL)
    times = f"{many / few:.1f} × for {many_people // few_people} × the people"
    say(f"a meeting called: {few_people} people {few:.2f} s, {many_people:,} people {many:.2f} s ({times})")
    return int(grown)


def _compare(towns: list[dict[str, list[int]]]) -> bool:
    """Whether any page grew."""
    tenth, full, *more = towns
    say(f"{'buffers read':40}{'a tenth':>10}{'full':>10}{'ratio':>10}{'queries':>12}{'thrice' * len(more):>10}")
    above, grown = [], []
    for name, small in tenth.items():
        few, many = Read(*small), Read(*full[name])
        above += [name] * (many.buffers > MOST * few.buffers)
        grown += [name] * (many.buffers > MOST * few.buffers + LEVELS * many.queries)
        queries = str(many.queries) if few.queries == many.queries else f"{few.queries} → {many.queries}"
        ratio, thrice = many.buffers / few.buffers, "".join(f"{town[name][0]:>10,}" for town in more)
        say(f"{name:40}{few.buffers:>10,}{many.buffers:>10,}{ratio:>8.2f} ×{queries:>12}{thrice}")
    say(f"pages {len(tenth)}, above {MOST} × {len(above)}")
    say(f"by more than {LEVELS} for each query besides {len(grown)}: {', '.join(grown)}")
    return bool(grown)


def _in_a_process(what: str, size: int) -> Any:
    """A house stands once in a process."""
    made = subprocess.run(
        [sys.executable, "-m", "tools.bench.big", what, str(size)], check=True, stdout=subprocess.PIPE
    )
    return json.loads(made.stdout.splitlines()[-1])


def town(tenths: int) -> dict[str, Read]:
    with empty_house():
        from tools.bench import big_town, rows

        size = {what: many * tenths // 10 for what, many in FULL.items()}
        size |= {what: min(size[what], FULL[what]) for what in ("lines", "events")}
        planted = big_town.plant(**size, people=PEOPLE, meetings=MEETINGS)
        rows.settle()
        return {name: _read(client, address) for name, client, address in _pages(planted)}


def _pages(planted: Any) -> "Iterator[tuple[str, Client, str]]":
    from django.test import Client

    for person, pages in _asked(planted).items():
        client = Client()
        if person is not None:
            client.force_login(person)
        for name, address in pages.items():
            yield name, client, address


def _asked(planted: Any) -> dict[Any, dict[str, str]]:
    """By whom; citizens are nobody."""
    slug = planted.slug
    own, desk = f"/groups/{slug}", f"/groups/{slug}/desk"
    return {
        None: {
            "citizen: the front page": "/",
            "citizen: all groups": "/groups/",
            "citizen: a group": f"{own}/",
            "citizen: the archive": "/reports/",
            "citizen: a word in the archive": "/reports/?q=図書館",
            "citizen: a report": f"{own}/meetings/1/report/",
            "citizen: the catalogue": "/data/",
            "citizen: a word in the catalogue": "/data/?q=公衆トイレ",
            "citizen: the longest list": "/data/long/",
        },
        planted.member: {
            "member: home": "/",
            "member: the group": f"{own}/",
            "member: the form": f"{own}/meetings/{MEETINGS}/answer/",
        },
        planted.desk: {
            "desk: home": "/",
            "desk: the group": f"{desk}/",
            "desk: members": f"{desk}/members/",
            "desk: a meeting": f"{desk}/meetings/{MEETINGS}/",
            "desk: answers": f"{desk}/meetings/{MEETINGS}/tally/",
            "desk: letters": f"{desk}/meetings/{MEETINGS}/letters/",
            "desk: the record": f"{desk}/meetings/1/record/",
        },
        planted.clerk: {"clerk: own data": "/data/mine/"},
        planted.steward: {"steward: what waits for review": "/data/review/"},
        planted.administrator: {
            "administrator: home": "/manage/",
            "administrator: people": "/manage/people/",
            "administrator: a name among people": "/manage/people/?q=見本",
            "administrator: groups": "/manage/groups/",
            "administrator: departments": "/manage/departments/",
            "administrator: the audit log": "/manage/audit/",
            "administrator: a word in the audit log": "/manage/audit/?q=第7地区",
            "administrator: the outbox": "/manage/outbox/",
        },
    }


def _read(client: "Client", address: str) -> Read:
    """At the second look: at the first, plans and settings are read too."""
    from django.core.cache import caches
    from django.db import connection

    client.get(address)
    caches["pages"].clear()
    counted = _Counted()
    with connection.execute_wrapper(counted):
        response = client.get(address)
        b"".join(response) if getattr(response, "streaming", False) else response.content
    assert response.status_code == 200, (address, response.status_code)
    return Read(counted.buffers, counted.queries)


class _Counted:
    """Explains each query before it is run."""

    def __init__(self) -> None:
        self.buffers = self.queries = 0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(("SELECT", "WITH")):
            with context["connection"].connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) {sql}", params)
                (said,) = cursor.fetchone()
            plan = (json.loads(said) if isinstance(said, str) else said)[0]["Plan"]
            self.buffers += plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]
        self.queries += 1
        return execute(sql, params, many, context)


def calls(_size: int) -> list[float]:
    """The press alone; the letters themselves are the worker's."""
    from django.test import Client

    with empty_house():
        from tools.bench import big_town, rows

        seconds = []
        for many in CALLED:
            desk, page, fields = big_town.uncalled(many)
            rows.settle()
            client = Client()
            client.force_login(desk)
            client.get(page)
            started = time.perf_counter()
            response = client.post(page, fields)
            seconds.append(time.perf_counter() - started)
            assert response.status_code == 302, (page, response.status_code)
        return seconds


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    if sys.argv[1:]:
        say(json.dumps({"town": town, "calls": calls}[sys.argv[1]](int(sys.argv[2]))))
    else:
        sys.exit(main())
