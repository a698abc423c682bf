"""A stranger who tries a person's door does not lock it; whoever is held up is told why and what helps."""

import re

import pytest
from django.conf import settings as house
from django.test import Client
from django.urls import reverse

from foundation.http import brakes
from foundation.mail.models import Email
from tests.members.logins import PASSWORD, last_letter, login, who, write_letters
from tests.repository import ROOT

ELSEWHERE = {"REMOTE_ADDR": "203.0.113.7"}


@pytest.fixture
def stranger_s():
    """A browser at another address."""
    return Client(**ELSEWHERE)


# ASVS V6.3.1
def test_a_stranger_s_wrong_passwords_do_not_shut_the_door_for_its_owner(client, known, stranger_s):
    for _ in range(50):
        page = login(stranger_s, password="違う合い言葉です")
    assert "受付を一時止めています" in page.content.decode()
    login(client)
    assert who(client) == str(known.pk)


def test_strangers_from_everywhere_are_held_up_at_last(client, known, settings):
    settings.BRAKES = {**settings.BRAKES, "log_in": "5/5m/account+address 10/h/account"}
    for n in range(10):
        login(Client(REMOTE_ADDR=f"203.0.113.{n}"), password="違う合い言葉です")
    login(client)
    assert who(client) is None


def test_right_passwords_use_nothing_up(known):
    for _ in range(20):
        browser = Client()
        login(browser)
        assert who(browser) == str(known.pk)


def test_a_right_password_gives_back_its_own_try_alone(known, abe, stranger_s):
    abe.set_password(PASSWORD)
    abe.save()
    for _ in range(5):
        login(stranger_s, password="違う合い言葉です")
    login(Client(), "abe@example.jp")
    assert "受付を一時止めています" in login(stranger_s, password="違う合い言葉です").content.decode()


def test_who_chose_a_new_password_may_use_it_at_once(client, known):
    for _ in range(6):
        login(client, password="違う合い言葉です")
    client.post(reverse("account_reset_password"), {"email": "sato@example.jp"})
    page = client.get(re.search(r"http://[^/]+(/\S+)", last_letter())[1], follow=True)
    new = "川沿いの道を自転車で走る"
    client.post(page.redirect_chain[-1][0], {"password1": new, "password2": new})
    login(client, password=new)
    assert who(client) == str(known.pk)


@pytest.mark.parametrize("page", ["account_request_login_code", "account_reset_password"])
def test_a_stranger_who_asks_for_letters_does_not_keep_its_owner_from_one(client, known, stranger_s, page):
    for _ in range(30):
        stranger_s.post(reverse("account_logout"))
        told = stranger_s.post(reverse(page), {"email": "sato@example.jp"})
    assert [*told.context["form"].errors] == ["email"]
    write_letters()
    before = Email.objects.count()
    assert before == 3
    client.post(reverse(page), {"email": "sato@example.jp"})
    write_letters()
    assert Email.objects.count() == before + 1


WAIT_FOR_CODE = (
    "確認コードの請求が続いたため、受付を一時止めています。1分ほど待ってから、もう一度お試しください。"
    "パスワードを決めている方は、パスワードでログインできます。"
)
WAIT_FOR_LINK = (
    "リンクの請求が続いたため、受付を一時止めています。1分ほど待ってから、もう一度お試しください。"
    "お急ぎのときは、確認コードでログインできます。"
)


@pytest.mark.parametrize(
    ("page", "sentence"),
    [("account_request_login_code", WAIT_FOR_CODE), ("account_reset_password", WAIT_FOR_LINK)],
)
def test_who_asks_too_often_is_told_what_helps(client, known, page, sentence):
    for _ in range(4):
        client.post(reverse("account_logout"))
        told = client.post(reverse(page), {"email": "sato@example.jp"})
    assert told.context["form"].errors == {"email": [sentence]}


def test_a_code_is_not_sent_again_without_end_either(client, known):
    client.post(reverse("account_request_login_code"), {"email": "sato@example.jp"})
    here = reverse("account_confirm_login_code")
    for _ in range(3):
        page = client.post(here, {"action": "resend"}, follow=True)
    assert "確認コードの請求が続いたため" in page.content.decode()


def test_login_codes_are_not_typed_without_end(client, known, settings):
    settings.BRAKES = {**settings.BRAKES, "try_code": "1/m/address"}
    client.post(reverse("account_request_login_code"), {"email": "sato@example.jp"})
    here = reverse("account_confirm_login_code")
    told = [client.post(here, {"code": "1"}).context["form"].errors["code"][0] for _ in range(2)]
    assert [sentence.partition("、")[0] for sentence in told] == [
        "確認コードが違います。最後に届いたメールの数字を入力してください。",
        "確認コードの入力が続いたため",
    ]


# ASVS V2.4.1, V6.1.1
def test_every_limit_has_words_for_the_audit_log_and_stands_in_the_documents():
    assert set(house.BRAKES) == set(brakes.WORDS)
    told = dict(
        re.findall(r"^\| `(\w+)` \| `([^`]+)` \|", (ROOT / "docs" / "security.md").read_text(), re.MULTILINE)
    )
    assert told == house.BRAKES
