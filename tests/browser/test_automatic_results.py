"""What axe finds on one page of each sort, as statements/automatic.json has it. `make accessibility` writes the
file; without that the file is held to what is found.

A rule names its criterion by a tag: wcag143 is 1.4.3. One that axe cannot decide says nothing.
"""

import json
import os
import re
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe

from statements import automatic
from statements.criteria import CRITERIA
from statements.states import PageType
from tests import builders
from tests.world import World

WRITE = os.environ.get("AUTOMATIC_RESULTS") == "write"
WIDTHS = [390, 1280]
PAGES = {
    PageType.HOME: "home",
    PageType.GROUP: "group",
    PageType.REPORT: "reports:report",
    PageType.CATALOGUE: "opendata:catalogue",
    PageType.DATASET: "opendata:dataset",
    PageType.ABOUT: "statement",
    PageType.REPLY: "meetings:personal_meeting",
    PageType.LOGIN: "account_login",
}


@pytest.fixture
def world(transactional_db):
    return World(builders.make_municipality())


def criteria_of(rule):
    numbers = (".".join((tag[4], tag[5], tag[6:])) for tag in rule["tags"] if re.fullmatch(r"wcag\d{3,4}", tag))
    return [number for number in numbers if number in CRITERIA]


def look(engine, page):
    """criterion → the rules that were broken; an empty list where those that apply were kept."""
    told = engine.run(page).response
    found = {number: set() for rule in told["passes"] for number in criteria_of(rule)}
    for rule in told["violations"]:
        for number in criteria_of(rule):
            found.setdefault(number, set()).add(rule["id"])
    return found, f"axe-core {told['testEngine']['version']}"


def test_what_a_machine_finds_is_what_the_file_says(open_page, world):
    engine, found, tool = Axe(), {page.value: {} for page in PageType}, ""
    for width in WIDTHS:
        page = open_page(width)
        for sort, name in PAGES.items():
            assert page.goto(world.url(name, "own")).ok
            on_page, tool = look(engine, page)
            for number, broken in on_page.items():
                found[sort].setdefault(number, set()).update(broken)
    tidy = {sort: {number: sorted(told[number]) for number in sorted(told)} for sort, told in found.items()}
    if WRITE:
        said = automatic.Automatic(tool, date.today(), tidy)  # noqa: DTZ011 -- of whoever makes the release
        automatic.FILE.write_text(json.dumps(automatic.to_json(said), ensure_ascii=False, indent=1) + "\n")
        automatic.of_this_release.cache_clear()
    kept = automatic.of_this_release()
    assert (kept.tool, kept.found) == (tool, tidy)
