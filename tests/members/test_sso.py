"""By the town's own login: whom it lets in, whose word is taken, and that its factor counts."""

import base64
import json
import time
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from django.urls import reverse

from foundation.audit.models import Event
from members.addresses import keep_in_step
from members.models import GraceLogin, User
from tests import builders
from tests.members.issuer import CLIENT, KEY, OTHER_KEY, SECRET
from tests.members.logins import PASSWORD, login, who

SIGN_ON, BACK = reverse("members:sign_on"), reverse("members:sign_on_callback")
FAILED = "ログインできませんでした"


def go(client, issuer, **sent):
    """Press the button; return what the browser takes along to the town's login."""
    asked = client.post(SIGN_ON, sent)
    address = urlsplit(asked.url)
    assert f"{address.scheme}://{address.netloc}{address.path}" == f"{issuer.url}/authorize"
    query = {name: values[0] for name, values in parse_qs(address.query).items()}
    issuer.challenge = query["code_challenge"]
    issuer.claims["nonce"] = query["nonce"]
    return query


def sign_on(client, issuer, **sent):
    """And come back with a code."""
    return client.get(BACK, {"code": "of the town", "state": go(client, issuer, **sent)["state"]})


# There and back


def test_who_is_registered_comes_in_and_the_trail_tells(client, sato, issuer):
    assert sign_on(client, issuer).url == "/"
    assert who(client) == str(sato.pk)
    assert list(Event.objects.values_list("action", "by")) == [("members.log_in", sato.pk)]
    assert Event.objects.get().changes["方法"] == "庁内の統合認証"


def test_what_the_browser_takes_along(client, sato, issuer):
    query = go(client, issuer)
    assert {name: query[name] for name in ("client_id", "redirect_uri", "response_type", "scope")} == {
        "client_id": CLIENT,
        "redirect_uri": f"https://portal.example.jp{BACK}",
        "response_type": "code",
        "scope": query["scope"],
    }
    assert sorted(query["scope"].split()) == ["email", "openid", "profile"]
    assert (query["code_challenge_method"], SECRET in str(query)) == ("S256", False)


def test_one_comes_back_to_where_one_wanted_to_be_and_to_no_other_house(client, sato, issuer):
    assert sign_on(client, issuer, next="/data/mine/").url == "/data/mine/"
    client.post(reverse("account_logout"))
    assert sign_on(client, issuer, next="https://evil.example/").url == "/"


# ASVS V7.6.2
def test_it_begins_with_a_press_and_not_with_an_address(client, sato, issuer):
    assert client.get(SIGN_ON).status_code == 405


def test_the_login_page_offers_it(client, town, issuer, settings):
    settings.OIDC_NAME = "見本市 統合認証"
    page = client.get(reverse("account_login"), {"next": "/data/mine/"}).content.decode()
    assert "見本市 統合認証へ進む" in page
    assert 'name="next" value="/data/mine/"' in page


# Whom it lets in


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "nobody@example.jp"},
        {"email_verified": False},
        {"email_verified": "true"},
        {"email": ""},
    ],
)
def test_who_is_not_registered_or_not_verified_stays_outside(client, sato, issuer, claims):
    issuer.claims |= claims
    page = sign_on(client, issuer)
    assert "利用者の登録は、システム管理者が行います" in page.content.decode()
    assert (who(client), User.objects.count()) == (None, 1)


def test_without_an_address_nobody_is_known(client, sato, issuer):
    del issuer.claims["email"]
    sign_on(client, issuer)
    assert who(client) is None


def test_who_has_left_stays_outside(client, sato, issuer):
    User.objects.update(is_active=False)
    sign_on(client, issuer)
    assert who(client) is None


# Whose word is taken


def with_key(key, **more):
    return lambda claims: jwt.encode(claims, key, **({"algorithm": "RS256", "headers": {"kid": "one"}} | more))


def unsigned(claims):
    head, body = ({"alg": "none", "kid": "one"}, claims)
    parts = [base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in (head, body)]
    return f"{'.'.join(parts)}."


FORGED = {
    "signed by another key": with_key(OTHER_KEY),
    "signed by a key that the town does not have": with_key(OTHER_KEY, headers={"kid": "two"}),
    "signed with a word that everybody knows": with_key("x" * 64, algorithm="HS256"),
    "not signed": unsigned,
    "no token": lambda _claims: "nonsense",
    "nothing": lambda _claims: None,
    "changed on the way": lambda claims: with_key(KEY)(claims)[:-6] + "AAAAAA",
}


# ASVS V9.1.1, V9.1.2
@pytest.mark.parametrize("how", FORGED)
def test_a_forged_token_opens_nothing(client, sato, issuer, how):
    issuer.sign = FORGED[how]
    page = sign_on(client, issuer)
    assert (page.status_code, FAILED in page.content.decode(), who(client)) == (403, True, None)


# ASVS V9.2.1, V9.2.2, V10.5.1, V10.5.4
@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "another house"},
        {"iss": "https://another.example"},
        {"exp": time.time() - 120},
        {"exp": None},
        {"sub": None},
        {"iat": time.time() + 86_400},
        {"nonce": "of another login"},
        {"nonce": None},
    ],
)
def test_a_token_for_others_or_of_another_time_opens_nothing(client, sato, issuer, claims):
    state = go(client, issuer)["state"]
    issuer.claims = {name: value for name, value in (issuer.claims | claims).items() if value is not None}
    page = client.get(BACK, {"code": "of the town", "state": state})
    assert (page.status_code, FAILED in page.content.decode(), who(client)) == (403, True, None)


# ASVS V10.5.3
def test_an_address_that_calls_itself_another_issuer_is_none(client, sato, issuer):
    state = go(client, issuer)["state"]
    issuer.names = issuer.claims["iss"] = "https://another.example"
    assert client.get(BACK, {"code": "x", "state": state}).status_code == 403
    assert who(client) is None


# ASVS V10.1.2, V10.2.1
def test_nobody_comes_back_who_did_not_go(client, sato, issuer):
    go(client, issuer)
    for query in ({}, {"code": "x"}, {"code": "x", "state": "forged"}):
        assert client.get(BACK, query).status_code == 403
    assert (who(client), issuer.asked) == (None, [])


# ASVS V10.1.2
def test_a_code_of_another_browser_is_refused_by_its_verifier(client, sato, issuer):
    state = go(client, issuer)["state"]
    issuer.challenge = "of another browser"
    assert client.get(BACK, {"code": "stolen", "state": state}).status_code == 403
    assert who(client) is None


def test_who_turns_back_at_the_towns_login_is_told(client, sato, issuer):
    state = go(client, issuer)["state"]
    page = client.get(BACK, {"error": "access_denied", "state": state})
    assert (page.status_code, FAILED in page.content.decode()) == (403, True)


def test_when_the_towns_login_is_away_the_page_says_how_to_come_in(client, sato, issuer, settings):
    settings.OIDC_ISSUER = "http://127.0.0.1:9"
    page = client.post(SIGN_ON)
    assert page.status_code == 503
    assert "パスワードか確認コードでログインし" in page.content.decode()


def test_without_one_the_pages_do_not_exist(client, town):
    assert [client.post(SIGN_ON).status_code, client.get(BACK).status_code] == [404, 404]
    assert SIGN_ON not in client.get(reverse("account_login")).content.decode()


# Its factor counts


def test_an_app_of_this_house_is_not_asked_for_as_well(client, sato, issuer):
    builders.make_app(user=sato)
    sign_on(client, issuer)
    assert who(client) == str(sato.pk)


def test_who_must_have_a_factor_brings_it_along(client, abe, issuer, settings):
    settings.FACTOR_REQUIRED = True
    issuer.claims["email"] = abe.email
    for _login in range(5):
        client.post(reverse("account_logout"))
        sign_on(client, issuer)
    assert client.get("/manage/").status_code == 200
    assert not GraceLogin.objects.exists()


def test_a_password_afterwards_is_asked_for_the_factor_again(client, sato, issuer):
    sato.set_password(PASSWORD)
    sato.save()
    keep_in_step(sato)
    builders.make_app(user=sato)
    sign_on(client, issuer)
    client.post(reverse("account_logout"))
    assert login(client).url == reverse("mfa_authenticate")
