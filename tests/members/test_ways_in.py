"""Whichever way somebody logs in, the same is asked and the same happens; and what a session is."""

import re
import secrets

import pytest
from django.conf import settings
from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from foundation.audit.models import Event
from members.models import GraceLogin, User
from tests import builders
from tests.access import THIRD_PARTY
from tests.members.logins import ask_for_code, last_email, last_letter, login, who, write_letters
from tests.members.test_sso import sign_on
from tests.test_architecture import views

CONFIRM = reverse("account_confirm_login_code")


def by_password(client, person):
    login(client, email=person.email)


def by_mailed_code(client, person):
    ask_for_code(client, person.email)
    write_letters()
    code = re.search(r"^\d{4}-\d{4}$", last_letter(), re.MULTILINE)[0] if last_email() else "0000-0000"
    client.post(CONFIRM, {"code": code})


WAYS = [by_password, by_mailed_code]


def by_the_towns_login(client, person, issuer):
    issuer.claims["email"] = person.email
    sign_on(client, issuer)


@pytest.fixture(params=["password", "mailed code", "the town's login"])
def come_in(request):
    """`come_in(client, person)` by one of the ways."""
    if request.param == "the town's login":
        issuer = request.getfixturevalue("issuer")
        return lambda client, person: by_the_towns_login(client, person, issuer)
    return {"password": by_password, "mailed code": by_mailed_code}[request.param]


# ASVS V6.3.4
def test_these_are_the_ways_in_and_there_is_no_other():
    """docs/protection.md lists them; a page that logs somebody in and is not here would be one more."""
    assert settings.AUTHENTICATION_BACKENDS == ["members.login.Backend"]
    own = {name for name, _view in views() if re.search(r"sign_on|log_?in|authenticate|demo", name)}
    assert own - set(THIRD_PARTY) == {
        "members:sign_on",
        "members:sign_on_callback",
        "members:reauthenticate_by_code",
    }


# ASVS V6.3.4, V7.2.2
def test_by_every_way_a_new_session_begins_and_the_trail_tells(client, known, come_in):
    client.get(reverse("account_login"))
    keys = set()
    for _login in range(2):
        come_in(client, known)
        assert who(client) == str(known.pk)
        keys.add(client.session.session_key)
        client.post(reverse("account_logout"))
    assert len(keys) == 2
    assert Event.objects.filter(action="members.log_in", target_id=known.pk).count() == 2


# ASVS V6.3.4
def test_by_no_way_comes_in_whose_account_is_closed(client, known, come_in):
    User.objects.update(is_active=False)
    come_in(client, known)
    assert who(client) is None


# ASVS V6.3.4
@pytest.mark.parametrize("way", WAYS)
def test_by_every_way_of_ours_the_factor_is_asked_for(client, known, way):
    """The town's login has asked for its own (test_sso.py)."""
    builders.make_app(user=known)
    way(client, known)
    assert who(client) is None
    assert client.get("/data/mine/").url.startswith(reverse("account_login"))


# ASVS V6.3.4
@pytest.mark.parametrize("way", WAYS)
def test_by_every_way_of_ours_a_login_without_a_factor_is_counted(client, known, group, settings, way):
    settings.FACTOR_REQUIRED = True
    builders.make_grant(group=group, user=known)
    way(client, known)
    assert GraceLogin.objects.filter(user=known).count() == 1


# What a session is


# ASVS V7.2.1
def test_a_session_is_what_the_server_has_and_nothing_that_a_browser_brings(as_, sato):
    client = as_(sato)
    assert client.get("/data/mine/").status_code == 200
    forged = Client()
    forged.cookies[settings.SESSION_COOKIE_NAME] = secrets.token_hex(16)
    assert forged.get("/data/mine/").status_code == 302
    copied = Client()
    copied.cookies[settings.SESSION_COOKIE_NAME] = client.session.session_key
    assert copied.get("/data/mine/").status_code == 200
    Session.objects.all().delete()
    assert {browser.get("/data/mine/").status_code for browser in (client, copied)} == {302}


# ASVS V7.2.1
def test_what_a_session_says_counts_with_our_signature_alone(as_, sato, abe):
    """Whoever could write a row of the table makes nobody of himself."""
    client = as_(sato)
    row = Session.objects.get()
    said, signature = row.session_data.rsplit(":", 1)
    row.session_data = f"{said[:-1]}{'A' if said[-1] != 'A' else 'B'}:{signature}"
    row.save()
    assert client.get("/data/mine/").status_code == 302


# ASVS V7.2.3
def test_the_key_of_a_session_is_drawn_of_more_than_128_bits(as_, sato):
    key = as_(sato).session.session_key
    assert set(key) <= set(VALID_KEY_CHARS)
    assert len(VALID_KEY_CHARS) ** len(key) > 2**160
    assert len({Client().session.session_key for _ in range(20)}) == 20
