"""Every internal link of every page leads somewhere, for the role that is shown it; every #fragment is there.

Starts from the table of access: each page that answers 200 is read, and what it links to is fetched once.
"""

import re
from collections.abc import Callable, Iterator
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client

from tests.access import PAGES
from tests.walk import undone
from tests.world import World

pytestmark = pytest.mark.no_cover
LINK = re.compile(r'<a\s[^>]*?href="([^"]*)"')
# At least so many addresses are opened: whose pages lead nowhere have not been read.
FOLLOWED = {
    "anonymous": 30,
    "stranger": 40,
    "member": 40,
    "desk": 100,
    "staff": 40,
    "administrator": 100,
    "steward": 35,
}
ID = re.compile(r'\sid="([^"]+)"')
# Nothing of ours answers there: other sites, mail, and what only other programs serve.
ELSEWHERE = re.compile(r"[a-z]+:|//|/static/")


def links_of(html: str, path: str) -> Iterator[str]:
    """The addresses of our own that a page leads to, with their fragments."""
    for href in LINK.findall(html):
        if not ELSEWHERE.match(href):
            yield urljoin(path, unescape(href))


def broken(link: str, status: int, html: str) -> str:
    """What is wrong with a link whose target answered so; nothing, if it is sound."""
    if status in {403, 404, 405} or status >= 500:
        return str(status)
    fragment = urlsplit(link).fragment
    return f"no id {fragment}" if fragment and status == 200 and fragment not in ID.findall(html) else ""


class Reader:
    """A person who opens pages, each address once, and changes nothing."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.read: dict[str, tuple[int, str]] = {}

    def open(self, address: str) -> tuple[int, str]:
        address = address.partition("#")[0]
        if address not in self.read:
            with undone(read_only=True):
                response = self.client.get(address)
                is_page = response.get("Content-Type", "").startswith("text/html")
                self.read[address] = response.status_code, response.content.decode() if is_page else ""
        return self.read[address]


def faults(starts: list[str], opened: Callable[[str], tuple[int, str]]) -> list[str]:
    """Each broken link once, with the first page that shows it."""
    found: dict[str, str] = {}
    for path in starts:
        status, html = opened(path)
        for link in links_of(html, path) if status == 200 else ():
            if link not in found:
                found[link] = broken(link, *opened(link)) and f"{path} → {link}: {broken(link, *opened(link))}"
    return [fault for fault in found.values() if fault]


@pytest.fixture
def world(town):
    made = World(town)
    made.keep_files()
    return made


@pytest.mark.parametrize("role", FOLLOWED)
def test_every_link_of_every_page_leads_somewhere(world, role, record_property):
    """Slow: each page is read, and each address it leads to."""
    client = Client()
    if role != "anonymous":
        client.force_login(getattr(world, role))
    starts = [
        world.url(name, kind)
        for name, page in PAGES.items()
        for kind in ("own", "foreign")
        if world.url(name, kind) and page.outcome(role, "get", kind) == "200"
    ]
    reader = Reader(client)
    found = faults(starts, reader.open)
    record_property("met", {"links followed": len(reader.read)})
    assert found == []
    assert len(reader.read) >= FOLLOWED[role], len(reader.read)


@pytest.mark.parametrize(
    ("link", "fault"),
    [
        ("/there/#here", []),
        ("?q=x#here", []),
        ("https://example.jp/#nowhere", []),
        ("/there/#nowhere", ["/there/ → /there/#nowhere: no id nowhere"]),
        ("/closed/", ["/there/ → /closed/: 403"]),
        ("/gone/", ["/there/ → /gone/: 404"]),
        ("/fails/", ["/there/ → /fails/: 500"]),
    ],
)
def test_the_check_can_fail(link, fault):
    html = f'<h2 id="here">見出し</h2><a class="x" href="{link}">リンク</a>'
    answers = {"/closed/": (403, ""), "/gone/": (404, ""), "/fails/": (500, "")}
    assert faults(["/there/"], lambda address: answers.get(address, (200, html))) == fault
