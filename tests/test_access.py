"""Each URL × role × method × (own, foreign, missing object) has the outcome that tests/access.py says.

One test per role walks all pages in one transaction, undoing each request; every GET runs read-only, so that
a GET that writes fails here. Slow (several seconds each), because each sends some hundred requests.
"""

from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from tests.access import OUTCOMES, PAGES, ROLES, THIRD_PARTY
from tests.test_architecture import views
from tests.world import World

KINDS = ["own", "foreign", "missing"]


@contextmanager
def undone(*, read_only):
    """Take back whatever happens inside; refuse writes if `read_only`."""
    with transaction.atomic():
        if read_only:
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL transaction_read_only = on")
        yield
        transaction.set_rollback(True)


def outcome(response):
    """Return the table's word for a response."""
    if response.status_code == 302 and response.url.startswith("/accounts/login/"):
        return "login"
    return str(response.status_code)


def visit(client, method, url):
    with undone(read_only=method == "get"):
        return outcome(getattr(client, method)(url))


@pytest.fixture
def world(town):
    return World(town)


def test_every_page_has_its_row():
    assert sorted({url for url, _view in views()} - set(THIRD_PARTY)) == sorted(PAGES)


def test_every_row_speaks_of_every_role():
    wrong = [
        url
        for url, page in PAGES.items()
        for cells in page.rows()
        if len(cells) != len(ROLES) or not set(cells) <= OUTCOMES
    ]
    assert wrong == []


@pytest.mark.parametrize("role", ROLES)
def test_each_page_does_what_the_table_says(world, role):
    client = Client()
    if role != "anonymous":
        client.force_login(getattr(world, role))
    wrong = {}
    for name, page in PAGES.items():
        for kind in KINDS:
            url = world.url(name, kind)
            if url is None:
                continue
            for method in ("get", "post"):
                expected = page.outcome(role, method, kind)
                found = visit(client, method, url)
                if found != expected:
                    wrong[f"{method} {kind} {name}"] = f"{found} instead of {expected}"
    assert wrong == {}


@pytest.mark.parametrize("name", THIRD_PARTY)
def test_each_page_of_allauth_does_what_its_table_says(world, name):
    arguments = {"uidb36": "zz", "key": "forged"} if name == "account_reset_password_from_key" else {}
    url = reverse(name, kwargs=arguments)
    member = Client()
    member.force_login(world.member)
    assert (visit(Client(), "get", url), visit(member, "get", url)) == THIRD_PARTY[name]
