"""Whatever number stands in an address, it names a row of this place or no page at all.

Slow, because every address with a number in it is asked for.
"""

import pytest
from django.test import Client
from django.urls import reverse

from tests.access import PAGES
from tests.hostile.walk import undone
from tests.world import World, arguments_of, values_of

# Who is not asked is told so (403) before anything in the address is looked for.
REFUSED_FIRST = {"meetings:withdraw_question"}
# Far from every row, and the one that is false.
NUMBERS = ["99999999999999999999", "0"]


@pytest.fixture
def world(town):
    return World(town)


def visitor_of(user):
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def addresses_with(world, number):
    """Every address with a number in it, one number after the other replaced."""
    for name in PAGES:
        wanted = arguments_of(name)
        values = {key: value for key, value in values_of(world.own, name).items() if key in wanted}
        for key in (key for key, value in values.items() if isinstance(value, int)):
            yield name, reverse(name, kwargs=values | {key: 8_888_888}).replace("8888888", number)


# ASVS V1.4.2, V2.2.1, V8.2.2
@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("role", ["desk", "administrator"])
def test_a_number_that_names_no_row_names_no_page(world, role, number):
    client, found, asked = visitor_of(getattr(world, role)), {}, 0
    for name, address in addresses_with(world, number):
        nothing = {404, 405, 403} if name in REFUSED_FIRST else {404, 405}
        for method in ("get", "post"):
            with undone(client):
                status = getattr(client, method)(address).status_code
            asked += 1
            found |= {f"{method} {address}": status} if status not in nothing else {}
    assert found == {}
    assert asked > 150


# ASVS V1.4.2, V2.2.1
@pytest.mark.parametrize("page", ["99999999999999999999", "-1", "0", "一", "9" * 5000])
def test_a_page_number_beyond_the_last_shows_the_nearest(world, page):
    client = visitor_of(world.administrator)
    lists = ["/data/", reverse("members:manage_people"), reverse("members:audit"), reverse("members:outbox")]
    assert [client.get(address, {"page": page}).status_code for address in lists] == [200, 200, 200, 200]
