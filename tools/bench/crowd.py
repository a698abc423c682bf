"""What the desk opens of thousands of people beside the same of fifty, and the ratio.

Each page shows as many people of either group. In turns, the best turn of each; the goal stands above the column.
"""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tools.bench.house import empty_house

if TYPE_CHECKING:
    from django.test import Client

FEW, MANY = 50, 3_000
TURNS, REQUESTS = 7, 3
GOAL = 1.25
PAGES = {
    "the answers": "meetings/2/tally/",
    "whom a reminder goes to": "meetings/2/remind/",
    "whom a call goes to": "meetings/3/announce/",
    "slips with links, the first page": "members/slips/meeting/",
}
# Beside it what tells of everybody's letters: it looks at what tells people apart, and makes people of a page.
LOOKED_AT = {
    "the meeting, with its letters": "meetings/2/",
    "the letters": "meetings/2/letters/",
    "the letters on paper, the first page": "meetings/2/letters/paper/",
    "the answers by question": "meetings/2/tally/answers/",
}


def measure(_peers: Path) -> Iterator[str]:
    with empty_house():
        from django.test import Client

        from members.models import WorkingGroup
        from tools import town
        from tools.bench import rows

        clients: dict[int, tuple[Client, str]] = {}
        best: dict[tuple[str, int], float] = {}
        for people in (FEW, MANY):
            planted = rows.plant(people)
            group = WorkingGroup.objects.get(slug=planted.slug)
            town.open_form(town.draft_meeting(group, number=3))
            town.write_letters(group.meetings.get(number=2))
            clients[people] = Client(), f"/groups/{planted.slug}/desk"
            clients[people][0].force_login(planted.desk)
        rows.settle()
        for turn in range(TURNS + 1):
            for name, page in (PAGES | LOOKED_AT).items():
                for people, (client, desk) in clients.items():
                    took = _seconds(client, f"{desk}/{page}")
                    # The first turn fills what is kept.
                    best[name, people] = min(best.get((name, people), took), took) if turn > 1 else took
    yield f"{'':34}{f'{FEW} people':>12}{f'{MANY:,} people':>14}   × (at most {GOAL})"
    for name in PAGES | LOOKED_AT:
        few, many = best[name, FEW], best[name, MANY]
        yield f"{name:34}{few * 1000:>9.1f} ms{many * 1000:>11.1f} ms{many / few:>7.2f} ×"


def _seconds(client: "Client", url: str) -> float:
    started = time.perf_counter()
    for _request in range(REQUESTS):
        response = client.get(url)
        assert response.status_code == 200, (url, response.status_code)
    return (time.perf_counter() - started) / REQUESTS
