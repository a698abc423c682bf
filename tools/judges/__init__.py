"""What tools that nobody here wrote say of the demo's pages, as each person of the cast.

A judge is a module with MINIMUM, the number of things it must have met at least, COUNTED, what they are called,
and a function `judge(town)` that gives how many it met and what it found. What we do not mend stands with its
reason in accepted.txt.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple

ELEMENT = re.compile(r'<(\w+)(?:\s[^>]*?class="([^"]*)")?')


class Finding(NamedTuple):
    """`rule` and `page` are what accepted.txt is asked for; `detail` is for whoever mends it."""

    rule: str
    page: str
    detail: str


Verdict = tuple[int, list[Finding]]


class Missing(Exception):
    """A tool that is not on this machine, and the command that brings it."""


@dataclass(frozen=True)
class Page:
    role: str
    url: str
    # The name of its view: how findings and their reasons call it.
    name: str
    status: int
    body: bytes
    is_html: bool


@dataclass(frozen=True)
class Town:
    """The running demo, the cookies of each role (without a login it is the token's), and the pages it reaches."""

    address: str
    cookies: dict[str, str]
    pages: list[Page]

    @property
    def html(self) -> list[Page]:
        return [page for page in self.pages if page.is_html]

    @property
    def looks(self) -> list[Page]:
        """Of each name the pages with a kind of element that those before had not: for judges in a browser."""
        known: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
        return [page for page in self.html if shows_more_than(known[page.name], page)]


def shows_more_than(known: set[tuple[str, str]], page: Page) -> bool:
    before = len(known)
    known.update(ELEMENT.findall(page.body.decode()))
    return len(known) > before
