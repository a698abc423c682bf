"""Passkeys and security keys, with a key that Chromium plays: set up, asked for at the login, asked for again."""

import json
import re

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from members.addresses import keep_in_step
from tests.members.logins import PASSWORD

FACTORS, ADD_KEY = reverse("members:factors"), reverse("members:add_key")
HOME = re.compile(r"//[^/]+/$")
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


class Key:
    """What lies in the pocket, or in the device."""

    def __init__(self, page):
        self.told = page.context.new_cdp_session(page)
        self.told.send("WebAuthn.enable")
        self.id = self.told.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})["authenticatorId"]

    def credentials(self):
        return self.told.send("WebAuthn.getCredentials", {"authenticatorId": self.id})["credentials"]

    def refuses(self):
        """Its owner turns away from the browser's question."""
        told = {"authenticatorId": self.id, "isUserVerified": False}
        self.told.send("WebAuthn.setUserVerified", told)
        self.told.send("WebAuthn.clearCredentials", {"authenticatorId": self.id})


@pytest.fixture
def person(sato):
    sato.set_password(PASSWORD)
    sato.save()
    keep_in_step(sato)
    return sato


@pytest.fixture
def with_key(page, person, log_in):
    """Sato has registered the key."""
    log_in(page, person)
    key = Key(page)
    page.goto(ADD_KEY)
    page.get_by_label("名前").fill("職場のパソコン")
    page.get_by_role("button", name="登録に進む").click()
    page.get_by_role("button", name="この端末・キーを登録する").click()
    page.wait_for_url("**/accounts/factors/codes/")
    return key


def by_password(page, person):
    page.goto("/accounts/login/")
    page.get_by_label("メールアドレス").fill(person.email)
    page.locator("#id_password").fill(PASSWORD)
    page.get_by_role("button", name="ログインする", exact=True).click()


def log_out(page):
    page.goto("/accounts/logout/")
    page.get_by_role("main").get_by_role("button", name="ログアウトする").click()
    page.wait_for_url(HOME)


# ASVS V6.3.3
def test_a_key_is_set_up_and_asked_for_at_the_next_login(page, person, with_key, shot, axe):
    assert re.fullmatch(r"(\d{4} \d{4}\s+){9}\d{4} \d{4}", page.locator(".spare-codes").inner_text())
    assert axe(page) == []
    page.goto(FACTORS)
    assert page.get_by_role("heading", name="パスキー・セキュリティキー「職場のパソコン」").is_visible()
    assert axe(page) == []
    shot(page, "factors")
    assert Authenticator.objects.get(type="webauthn").user == person

    log_out(page)
    by_password(page, person)
    page.wait_for_url("**/accounts/login/factor/")
    assert axe(page) == []
    shot(page, "factor-at-login")
    page.get_by_role("button", name="キーで確認してログインする").click()
    page.wait_for_url(HOME)
    assert page.locator(".account__name").inner_text() == str(person)


def test_who_turns_away_from_the_question_is_told_and_may_go_on(page, person, with_key):
    log_out(page)
    by_password(page, person)
    page.wait_for_url("**/accounts/login/factor/")
    with_key.refuses()
    page.get_by_role("button", name="キーで確認してログインする").click()
    page.get_by_role("status").filter(has_text="確認できませんでした。").wait_for()
    assert page.get_by_label("認証コード").is_visible()


def test_the_key_shows_again_who_one_is(page, person, with_key, client):
    session = client.session
    session["began"] -= 11 * 60
    session.save()
    page.goto(ADD_KEY)
    assert page.url.endswith(f"/accounts/reauthenticate/key/?next={ADD_KEY.replace('/', '%2F')}")
    page.get_by_role("button", name="パスキー・セキュリティキーで確認する").click()
    page.wait_for_url(f"**{ADD_KEY}")


def test_one_key_is_registered_once(page, with_key):
    page.goto(ADD_KEY)
    page.get_by_role("button", name="登録に進む").click()
    page.get_by_role("button", name="この端末・キーを登録する").click()
    page.get_by_role("status").filter(has_text="確認できませんでした。").wait_for()
    assert len(with_key.credentials()) == Authenticator.objects.filter(type="webauthn").count() == 1


def test_an_answer_to_another_question_opens_nothing(page, person, with_key):
    """The page is sent with what the key said to the question before it."""
    log_out(page)
    by_password(page, person)
    page.wait_for_url("**/accounts/login/factor/")
    answer = page.evaluate(
        "webauthnJSON.get(JSON.parse(document.getElementById('key-question').textContent).request_options)"
    )
    page.reload()
    page.locator("#id_credential").evaluate(
        "(field, said) => { field.value = said; field.form.submit() }", json.dumps(answer)
    )
    told = "パスキー・セキュリティキーを確認できませんでした。もう一度操作してください。"
    page.locator("#error-summary").filter(has_text=told).wait_for()
    assert page.url.endswith("/accounts/login/factor/")


def test_without_script_the_page_says_so_and_the_app_works(open_page, person, log_in):
    page = open_page(js=False)
    log_in(page, person)
    page.goto(ADD_KEY)
    assert page.get_by_text("このブラウザーではJavaScriptが使えないため").is_visible()
    page.get_by_role("button", name="登録に進む").click()
    assert page.get_by_text("このブラウザーではJavaScriptが使えないため").is_visible()
    assert not page.get_by_role("button", name="この端末・キーを登録する").is_visible()


@pytest.mark.parametrize("width", [320, 1280])
def test_the_app_is_drawn_by_the_house_itself(open_page, person, log_in, axe, overflow, shot, width):
    page = open_page(width)
    log_in(page, person)
    page.goto(reverse("members:add_app"))
    assert page.locator(".qr").evaluate("image => image.naturalWidth") > 0
    assert (axe(page), overflow(page)) == ([], 0)
    shot(page, f"add-app-{width}")


def test_the_printed_list_fits_one_page_of_a4(page, with_key, shot):
    pdf = page.pdf(format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
    page.emulate_media(media="print")
    shot(page, "spare-codes-print")


def test_the_devices_are_listed(page, person, log_in, axe, overflow, shot):
    by_password(page, person)
    page.wait_for_url(HOME)
    page.goto(reverse("members:sessions"))
    assert page.get_by_role("heading", name="LinuxのChrome この端末").is_visible()
    assert (axe(page), overflow(page)) == ([], 0)
    shot(page, "sessions")
