"""`make judges`: each judge on a demo of its own, with its counts; ends with 1 if one found what is not listed.

`python -m tools.judges.run vnu w3m` asks these alone.
"""

import importlib
import os
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.conf import settings
from django.db import connection

from foundation.db import embedded
from tools.judges import Finding, Missing, Town, accepted, tools

# The last types into every form that it finds.
JUDGES = ["vnu", "pa11y", "equal_access", "linkinator", "w3m", "calc", "writer", "wapiti"]


def main() -> int:
    from tools.drills.portal import free_port
    from tools.drills.stop import PLACE, place_for_a_demo, start_demo

    with place_for_a_demo():
        os.environ |= {"DXBUKAI_MODE": "demo", "DXBUKAI_VAR": os.environ[PLACE]}
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dxbukai.settings")
        django.setup()
        port = free_port()
        with complaints_to(tools.HOME / "demo.log"):
            demo = start_demo(port)
        try:
            town = visit(f"http://127.0.0.1:{port}")
            heard = [hear(name, town) for name in sys.argv[1:] or JUDGES]
        finally:
            leave_database()
            demo.terminate()
            demo.communicate(timeout=30)
    return 0 if all(heard) else 1


@contextmanager
def complaints_to(path: Path) -> Iterator[None]:
    """What is started here says there what it refuses: an attacker makes it say much."""
    path.parent.mkdir(parents=True, exist_ok=True)
    before = os.dup(2)
    with path.open("w") as log:
        os.dup2(log.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(before, 2)
        os.close(before)


def leave_database() -> None:
    """Before its folder is gone: whoever leaves last looks into it."""
    connection.close()
    embedded.server(settings.DATABASES["default"]["OPTIONS"]["data_dir"], durable=True).leave()


def visit(address: str) -> Town:
    from tools.judges.crawl import look_around
    from tools.judges.prepare import prepare

    prepare()
    town = look_around(address)
    for role in dict.fromkeys(page.role for page in town.pages):
        pages = [page for page in town.pages if page.role == role]
        say(f"{role}: addresses {len(pages)}, pages {sum(page.is_html for page in pages)}")
    say(f"together: kinds {len({page.name for page in town.pages})}, to open in a browser {len(town.looks)}")
    return town


def hear(name: str, town: Town) -> bool:
    """Say in one line what a judge met and found, and below it what is not listed; whether all is well."""
    begun = time.monotonic()
    judge = importlib.import_module(f"tools.judges.{name}")
    try:
        met, found = judge.judge(town)
    except Missing as missing:
        say(f"{name} FAILED: not on this machine: {missing}")
        return False
    new, listed, gone = accepted.sort_out(name, found)
    seconds = round(time.monotonic() - begun)
    say(f"{name}: {judge.COUNTED} {met}, messages {len(new)} (listed {listed}), seconds {seconds}")
    for (rule, page), details in by_rule_and_page(new).items():
        say(f"  {rule} {page} ×{len(details)}, first {details[0]}")
    for line in gone:
        say(f"  listed and not found: {line}")
    if met < judge.MINIMUM:
        say(f"  met fewer than {judge.MINIMUM}")
    return not new and not gone and met >= judge.MINIMUM


def by_rule_and_page(found: list[Finding]) -> dict[tuple[str, str], list[str]]:
    grouped = defaultdict(list)
    for finding in found:
        grouped[finding.rule, finding.page].append(finding.detail)
    return grouped


def say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 -- the output is what a judge is for


if __name__ == "__main__":
    sys.exit(main())
