"""Whatever is sent to an address or a form, nobody is met by a broken page (500).

The walk opens every page that a role can open, finds the forms on it as a browser would, and sends each with
something hostile in place of what a person would type; each request is undone. Slow (a few seconds a role),
because it sends some hundred requests.
"""

from html.parser import HTMLParser
from itertools import chain, cycle

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.access import PAGES
from tests.world import World, arguments_of, values_of

HOSTILE = [
    "9" * 400,
    str(2**63),
    "-1",
    "0001-01-01",
    "0001-01-01T00:00",
    "9999-12-31",
    "9999-12-31T23:59",
    "9999-99-99",
    "令和0年13月32日",
    "<script>alert(1)</script>\"'>{{ 7*7 }}{% url %}%s%(x)s",
    "題名\r\nBcc: all@example.jp\r\n\r\n[[personal-link:1]]",
    "\x01\x1b\x7f\x85\u2028\u202e\ufeff\ufffe\U0010ffff",
    "長" * 20_000,
]
# What a person would type, by the type of the control.
PLAUSIBLE = {
    "date": "2026-12-01",
    "datetime-local": "2026-12-01T10:00",
    "time": "10:00",
    "number": "1",
    "email": "new@example.jp",
    "url": "https://example.jp/",
}
WHO_HAS_FORMS = ["anonymous", "member", "desk", "staff", "administrator"]
# Far from every row, and the one that is false.
NUMBERS = ["99999999999999999999", "0"]


class Forms(HTMLParser):
    """The forms of a page that are posted: [(address, {name: value})], filled in plausibly."""

    def __init__(self, address, page):
        super().__init__()
        self.address, self.found, self.fields, self.select = address, [], None, ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag == "form":
            self.fields = {}
            if attributes.get("method", "").lower() == "post":
                self.found.append((attributes.get("action") or self.address, self.fields))
        elif self.fields is not None:
            self.take(tag, attributes)

    def handle_endtag(self, tag):
        if tag == "form":
            self.fields = None

    def take(self, tag, attributes):
        kind, name, value = attributes.get("type", "text"), attributes.get("name"), attributes.get("value")
        if tag == "select":
            self.select = name
        elif tag == "option":
            self.fields[self.select] = self.fields.get(self.select) or value
        elif name and tag in {"input", "textarea"} and kind != "file":
            chosen = "checked" in attributes or name not in self.fields or kind not in {"radio", "checkbox"}
            self.fields |= {name: value or PLAUSIBLE.get(kind, "一")} if chosen else {}


@pytest.fixture
def world(town):
    return World(town)


def visitor(world, role):
    client = Client(raise_request_exception=False)
    if role != "anonymous":
        client.force_login(getattr(world, role))
    return client


def undone(client, method, address, sent=None):
    """The answer; rows and cookies are afterwards as before, also where somebody pressed the logout."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        response = getattr(client, method)(address, sent)
        transaction.set_rollback(True)
    client.cookies = cookies
    return response


def forms_of(client, world):
    """Each form once, however many pages show it."""
    found = {}
    for name in PAGES:
        address = world.url(name, "own")
        page = undone(client, "get", address)
        if page.status_code == 200 and page["Content-Type"].startswith("text/html"):
            for action, fields in Forms(address, page.content.decode()).found:
                found[action, *sorted(fields)] = (action, fields)
    return found.values()


def spoilt(fields, hostile):
    """The form with something hostile in one field after the other, and at last in all."""
    for name in fields:
        yield fields | {name: next(hostile)}
    yield dict.fromkeys(fields, next(hostile))


# ASVS V2.2.1, V16.5.3
@pytest.mark.parametrize("role", WHO_HAS_FORMS)
def test_no_form_breaks_on_what_is_typed_into_it(world, role):
    client, hostile = visitor(world, role), cycle(HOSTILE)
    broken = [
        f"{address}: {sent!r:.300}"
        for address, fields in forms_of(client, world)
        for sent in chain([fields], spoilt(fields, hostile))
        if undone(client, "post", address, sent).status_code >= 500
    ]
    assert broken == []


def addresses_with(world, number):
    """Every address with a number in it, one number after the other replaced."""
    for name in PAGES:
        wanted = arguments_of(name)
        values = {key: value for key, value in values_of(world.own, name).items() if key in wanted}
        for key in (key for key, value in values.items() if isinstance(value, int)):
            yield reverse(name, kwargs=values | {key: 8_888_888}).replace("8888888", number)


# ASVS V2.2.1, V8.2.2
@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("role", ["desk", "administrator"])
def test_a_number_that_names_no_row_names_no_page(world, role, number):
    client = visitor(world, role)
    found = {
        f"{method} {address}": status
        for address in addresses_with(world, number)
        for method in ("get", "post")
        if (status := undone(client, method, address).status_code) not in {404, 405}
    }
    assert found == {}


# ASVS V2.2.1
@pytest.mark.parametrize("page", ["99999999999999999999", "-1", "0", "一", "9" * 5000])
def test_a_page_number_beyond_the_last_shows_the_nearest(world, page):
    client = visitor(world, "administrator")
    lists = ["/data/", reverse("members:manage_people"), reverse("members:audit"), reverse("members:outbox")]
    assert [client.get(address, {"page": page}).status_code for address in lists] == [200, 200, 200, 200]
