"""Choosing a password: forgotten, for the first time, changed; what is weak or does not match."""

import re

import pytest
from django.urls import reverse

from foundation.audit.models import Event
from foundation.mail.models import Email
from tests.members.logins import PASSWORD, last_email, login, who


def test_a_forgotten_password_is_chosen_anew_by_a_mailed_link(client, known, settings):
    settings.SITE_URL = "https://portal.example.jp"
    client.post(reverse("account_reset_password"), {"email": "sato@example.jp"}, headers={"host": "localhost"})
    address = re.search(r"https://portal\.example\.jp(/\S+)", last_email().body)[1]
    page = client.get(address, follow=True)
    new = "川沿いの道を自転車で走る"
    client.post(page.redirect_chain[-1][0], {"password1": new, "password2": new})
    login(client, password=new)
    assert who(client) == str(known.pk)
    assert Event.objects.get(action="members.set_password").target_id == known.pk
    assert last_email().subject == "【DX推進部会ポータル】パスワードを変更しました"


def test_a_link_works_once(client, known):
    client.post(reverse("account_reset_password"), {"email": "sato@example.jp"})
    address = re.search(r"http://[^/]+(/\S+)", last_email().body)[1]
    page = client.get(address, follow=True)
    new = "川沿いの道を自転車で走る"
    client.post(page.redirect_chain[-1][0], {"password1": new, "password2": new})
    assert "このリンクは使えません" in client.get(address, follow=True).content.decode()


def test_resetting_tells_nobody_whether_an_address_is_known(client, known):
    pages = [
        client.post(reverse("account_reset_password"), {"email": email}, follow=True).content
        for email in ("sato@example.jp", "nobody@example.jp")
    ]
    assert pages[0] == pages[1]
    assert Email.objects.count() == 1


def test_a_person_without_a_password_chooses_one(as_, sato):
    sato.set_unusable_password()
    sato.save()
    client = as_(sato)
    assert client.get(reverse("account_change_password")).url == reverse("account_set_password")
    page = client.post(reverse("account_set_password"), {"password1": PASSWORD, "password2": PASSWORD})
    assert page.url == reverse("home")
    sato.refresh_from_db()
    assert sato.check_password(PASSWORD)


def test_changing_the_password_asks_for_the_old_one(client, known):
    login(client)
    new = {"password1": "川沿いの道を自転車で走る", "password2": "川沿いの道を自転車で走る"}
    page = client.post(reverse("account_change_password"), {"oldpassword": "違う", **new})
    assert page.context["form"].errors == {"oldpassword": ["現在のパスワードが違います。"]}
    page = client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, **new})
    assert page.url == reverse("home")


@pytest.mark.parametrize("weak", ["short", "password1234", "sato@example.jp"])
def test_a_weak_password_is_refused_beside_its_field(as_, sato, weak):
    sato.set_unusable_password()
    sato.save()
    page = as_(sato).post(reverse("account_set_password"), {"password1": weak, "password2": weak})
    assert [*page.context["form"].errors] == ["password1"]


def test_two_empty_fields_are_asked_for_and_not_said_to_differ(as_, sato):
    sato.set_unusable_password()
    sato.save()
    page = as_(sato).post(reverse("account_set_password"), {"password1": "", "password2": ""})
    assert page.context["form"].errors == {
        "password1": ["新しいパスワードを入力してください。"],
        "password2": ["新しいパスワード（確認）を入力してください。"],
    }


def test_two_different_passwords_are_said_to_differ(as_, sato):
    sato.set_unusable_password()
    sato.save()
    page = as_(sato).post(reverse("account_set_password"), {"password1": PASSWORD, "password2": "別のもの"})
    assert page.context["form"].errors == {
        "password2": ["二つのパスワードが一致していません。もう一度、同じものを入力してください。"]
    }


def test_a_forged_reset_link_says_so(client, town):
    page = client.get(reverse("account_reset_password_from_key", args=["1", "forged"]))
    assert "このリンクは使えません" in page.content.decode()


def test_the_page_and_the_email_say_that_other_devices_are_logged_out(client, known):
    login(client)
    new = {"password1": "川沿いの道を自転車で走る", "password2": "川沿いの道を自転車で走る"}
    page = client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, **new}, follow=True)
    assert "パスワードを変更し、他の端末のログインを終了しました。" in page.content.decode()
    assert "他の端末のログインは終了しました。" in last_email().body
