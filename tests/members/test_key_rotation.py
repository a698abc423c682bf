"""The secret key is replaced: what the old one signed counts while it stands in the fallbacks, and not after."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from foundation.actions import Actor
from foundation.jobs.models import Job
from members import links
from members.actions.links import personal_link
from members.jobs import close_anew
from members.states import Purpose
from tests import builders
from tests.members.logins import ask_for_code, code_of, last_letter, login, who

OLD, NEW = "o" * 60, "n" * 60


@pytest.fixture
def replace(settings):
    """Two steps: a new key with the old one behind it, then the new one alone."""

    def step(key, *fallbacks):
        settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = key, list(fallbacks)

    step(OLD)
    return step


@pytest.fixture
def link(replace, member, suzuki):
    return personal_link(membership=member, purpose=Purpose.SHEET, by=Actor(suzuki))


# ASVS V9.1.3
def test_a_session_outlives_its_key_as_long_as_the_key_is_a_fallback(client, known, replace):
    login(client)
    replace(NEW, OLD)
    assert client.get("/data/mine/").status_code == 200
    replace(NEW)
    assert client.get("/data/mine/").status_code == 200, "Django signs a session anew when it meets it"


def test_a_session_that_nobody_used_meanwhile_ends_with_its_key(client, known, replace):
    login(client)
    replace(NEW)
    assert client.get("/data/mine/").status_code == 302


def test_a_link_and_its_code_open_while_their_key_is_a_fallback(link, replace):
    token, code = links.token(link), links.code(link)
    replace(NEW, OLD)
    assert (links.find_by_token(token), links.find_by_code(code)) == (link, link)
    replace(NEW)
    assert (links.find_by_token(token), links.find_by_code(code)) == (None, None)


def test_a_slip_printed_while_a_key_is_replaced_opens(link, replace):
    replace(NEW, OLD)
    assert links.find_by_code(links.slip(link)["code"]) == link
    assert links.find_by_token(links.token(link)) == link


def test_who_is_written_to_after_the_key_is_gone_gets_a_code_that_opens(link, replace, suzuki):
    replace(NEW)
    again = personal_link(membership=link.membership, purpose=Purpose.SHEET, by=Actor(suzuki))
    assert links.find_by_code(links.code(again)) == link
    assert again.nonce == link.nonce, "addresses sent since stay valid"


def test_a_login_code_that_was_mailed_opens_while_its_key_is_a_fallback(client, sato, replace):
    for fallbacks, person in ([OLD], str(sato.pk)), ([], None):
        replace(OLD)
        page = ask_for_code(client, "sato@example.jp")
        code = re.search(r"^\d{4}-\d{4}$", last_letter(), re.MULTILINE)[0]
        replace(NEW, *fallbacks)
        client.post(page.redirect_chain[-1][0], {"code": code})
        assert who(client) == person
        client.logout()


def test_a_link_to_choose_a_password_ends_with_its_key(client, known, replace):
    client.post(reverse("account_reset_password"), {"email": "sato@example.jp"})
    address = re.search(r"http://[^/]+(/\S+)", last_letter())[1]
    dead = "このリンクは使えません"
    replace(NEW, OLD)
    assert dead not in client.get(address, follow=True).content.decode()
    client.logout()
    replace(NEW)
    assert dead in client.get(address, follow=True).content.decode()
    assert who(client) is None


SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


# ASVS V11.2.2
def test_seeds_are_closed_anew_at_night_so_that_apps_outlive_the_old_key(client, known, replace):
    builders.make_app(user=known, secret=SECRET)
    replace(NEW, OLD)
    close_anew.handle(Job())
    replace(NEW)
    login(client)
    client.post(reverse("mfa_authenticate"), {"code": code_of(SECRET)})
    assert who(client) == str(known.pk)
    assert client.get(reverse("members:spare_codes")).status_code == 200


def test_a_seed_that_the_present_key_closed_or_that_nothing_opens_stays_as_it_is(known, tanaka, replace):
    builders.make_app(user=tanaka)
    replace(NEW)
    builders.make_app(user=known)
    before = list(Authenticator.objects.order_by("pk").values_list("data", flat=True))
    close_anew.handle(Job())
    assert list(Authenticator.objects.order_by("pk").values_list("data", flat=True)) == before
