"""A person's phone: opens the page of a personal link, sends what stands in it, and reads the status."""

import re
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

from meetings.models import Survey
from members import links
from members.models import Membership, PersonalLink
from members.states import Purpose
from tools import town

HOST = "127.0.0.1"
SECONDS = 30
# How a connection breaks: refused, reset, closed before the answer, or silent.
BROKEN = (OSError, HTTPException)
HIDDEN = re.compile(r'<input type="hidden" name="(csrfmiddlewaretoken|key|seen)" value="([^"]*)"')


@dataclass
class Page:
    """As it stands on the screen, with its key: sent twice it is one answer."""

    membership: Membership
    address: str
    fields: dict[str, str]
    cookie: str

    def fill(self, **fields: str) -> None:
        self.fields |= fields


class Phone:
    def __init__(self, port: int, *, keeps_alive: bool = False) -> None:
        self.keeps_alive = keeps_alive
        self.line = HTTPConnection(HOST, port, timeout=SECONDS)

    def open(self, address: str, membership: Membership) -> Page:
        status, text, cookie = self._ask("GET", address)
        fields = dict(HIDDEN.findall(text))
        assert status == 200, f"the page could not be opened: {status}"
        assert len(fields) == 3, f"the page is not the form: {sorted(fields)}"
        return Page(membership, address, fields, cookie.partition(";")[0])

    def send(self, page: Page) -> int:
        return self.answer(page)[0]

    def answer(self, page: Page) -> tuple[int, str]:
        """Also what the page then says."""
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": page.cookie}
        return self._ask("POST", page.address, urlencode(page.fields), headers)[:2]

    def close(self) -> None:
        self.line.close()

    def _ask(
        self, method: str, address: str, body: str | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, str, str]:
        try:
            self.line.request(method, address, body, headers or {})
            response = self.line.getresponse()
            text = response.read().decode()
        except BROKEN:
            self.line.close()
            raise
        if not self.keeps_alive:
            self.line.close()
        return response.status, text, response.headers.get("Set-Cookie", "")


def address_for_one_more(survey: Survey) -> tuple[str, Membership]:
    membership = town.member(survey.meeting.group)
    link = PersonalLink.objects.create(membership=membership, purpose=Purpose.MEETING)
    return f"/a/{links.token(link)}/meetings/{survey.meeting.number}/", membership


def open_page(port: int, survey: Survey) -> Page:
    """The page of one more person, filled in."""
    return filled_in(port, *address_for_one_more(survey))


def filled_in(port: int, address: str, membership: Membership) -> Page:
    page = Phone(port).open(address, membership)
    page.fill(mode="venue", note=f"連絡 {page.fields['key']}")
    return page


def press(port: int, page: Page) -> int:
    return Phone(port).send(page)
