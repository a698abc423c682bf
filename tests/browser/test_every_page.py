"""Every page that the table of access shows to somebody, opened by that person at the width of a small phone:
axe finds nothing, nothing is wider than the window, and nothing complains. A new page is walked by itself.

A minute or more, because there are some hundred pages and axe takes half a second for each.
"""

import pytest

from tests import builders
from tests.access import PAGES
from tests.world import World

# Each page is looked at once, by the first of these who may see it.
ROLES = ["anonymous", "member", "desk", "staff", "administrator"]


@pytest.fixture
def world(transactional_db):
    return World(builders.make_municipality())


def first_reader(page):
    return next((role for role in ROLES if page.outcome(role, "get", "own") == "200"), None)


@pytest.mark.parametrize("role", ROLES)
def test_every_page_is_accessible_on_a_small_phone(open_page, log_in, axe, overflow, world, role):
    page = open_page(width=320)
    if role != "anonymous":
        log_in(page, getattr(world, role))
    found = {}
    for name in [name for name, row in PAGES.items() if first_reader(row) == role]:
        url = world.url(name, "own")
        if not page.request.get(url).headers["content-type"].startswith("text/html"):
            continue
        page.goto(url)
        wrong = [*axe(page), *([f"{overflow(page)} px too wide"] if overflow(page) else [])]
        if wrong:
            found[name] = wrong
    assert found == {}
