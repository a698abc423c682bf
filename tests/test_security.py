"""What must hold on every page at once: forged forms, foreign redirects, sessions that end."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from foundation.mail.models import Email
from members import links
from members.addresses import keep_in_step
from members.models import MembershipTerm
from tests import asvs, builders
from tests.access import PAGES, THIRD_PARTY
from tests.world import World

PASSWORD = "correct horse battery"
ELSEWHERE = [
    "//evil.example/",
    "https://evil.example/",
    "/\\evil.example",
    "javascript:alert(1)",
    "\thttps://evil.example",
    "https://127.0.0.1@evil.example/",
]


@pytest.fixture
def world(town):
    return World(town)


@pytest.fixture
def person(town):
    user = builders.make_user(email="person@example.jp")
    user.set_password(PASSWORD)
    user.save()
    keep_in_step(user)
    return user


def log_in(client, **more):
    return client.post(reverse("account_login"), {"login": "person@example.jp", "password": PASSWORD, **more})


# ASVS V3.5.1
@pytest.mark.parametrize("role", ["anonymous", "desk"])
def test_no_form_without_our_token_does_anything(world, role):
    """Slow: every address is posted to."""
    client = Client(enforce_csrf_checks=True)
    if role != "anonymous":
        client.force_login(getattr(world, role))
    ours = [world.url(page, "own") for page in PAGES]
    theirs = [reverse(page) for page in THIRD_PARTY if page != "account_reset_password_from_key"]
    assert {client.post(address, {"text": "x"}).status_code for address in [*ours, *theirs]} <= {403, 405}


# ASVS V3.3.4
def test_no_script_reads_a_cookie_of_ours(client, person):
    client.get(reverse("account_login"))
    log_in(client)
    shown = {name: bool(cookie["httponly"]) for name, cookie in client.cookies.items()}
    assert shown == {"csrftoken": True, "sessionid": True}


# ASVS V3.7.2
@pytest.mark.parametrize("address", ELSEWHERE)
def test_a_login_leads_to_no_other_house(client, person, address):
    assert log_in(client, next=address).url == "/"
    assert client.post(reverse("account_logout"), {"next": address}).url == "/"


# ASVS V7.2.4, V7.4.1
def test_a_session_is_new_at_login_and_dead_after_logout(client, person):
    client.get("/data/mine/")
    planted = client.session
    planted["typed"] = None
    planted.save()
    client.cookies["sessionid"] = planted.session_key
    log_in(client)
    key = client.cookies["sessionid"].value
    assert key != planted.session_key

    client.post(reverse("account_logout"))
    client.cookies["sessionid"] = key
    assert client.get("/data/mine/").url.startswith(reverse("account_login"))


# ASVS V7.4.2
def test_who_has_left_is_out_at_once_and_gets_no_code(client, person):
    client.force_login(person)
    person.is_active = False
    person.save()
    assert client.get("/data/mine/").status_code == 302
    client.post(reverse("account_request_login_code"), {"email": person.email})
    assert Email.objects.count() == 0


# ASVS V6.3.8
@pytest.mark.parametrize("page", ["account_request_login_code", "account_reset_password"])
def test_no_page_tells_whether_an_address_is_known(person, page):
    known, unknown = (Client().post(reverse(page), {"email": email}) for email in (person.email, "no@example.jp"))
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)


# ASVS V8.3.2
@pytest.mark.parametrize("page", ["", "meetings/1/", "meetings/1/receipt/", "meetings/1/calendar.ics"])
def test_a_link_outlives_no_term(client, world, page):
    MembershipTerm.objects.filter(membership=world.own.membership).update(valid_to=builders.LONG_AGO)
    assert client.get(f"/a/{links.token(world.own.link)}/{page}").status_code == 403


# docs/security.md claims, the tests prove.


def test_the_table_names_the_tests_whose_comments_name_its_numbers():
    assert asvs.misplaced_comments() == []
    assert asvs.files_in_the_table() == asvs.files_by_the_comments()


def test_a_row_is_proved_by_tests_or_by_a_heading_or_is_an_exception():
    kinds = r"`[^`]+`( `[^`]+`)*|\[[^]]+\]\([^)]+\)|exception \d+"
    assert [row for row in asvs.proofs() if not re.fullmatch(kinds, row[1])] == []


def test_a_heading_that_is_named_as_proof_is_there():
    assert asvs.lost_links() == []


def test_each_exception_of_the_table_has_its_reason_and_the_reverse():
    listed = asvs.exceptions_in_the_list()
    assert asvs.exceptions_in_the_table() == listed
    assert list(listed) == list(range(1, len(listed) + 1))
    assert len(listed) <= asvs.MOST_EXCEPTIONS


def test_the_table_claims_each_requirement_that_applies_once():
    claimed = [number for number, _proof in asvs.proofs()]
    assert claimed == sorted(set(claimed), key=asvs.in_order)
    assert set(claimed) == asvs.APPLIES | asvs.BEYOND
    assert len(asvs.APPLIES) == 184
