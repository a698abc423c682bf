"""Logging in by password and by mailed code, logging out; what strangers learn: nothing."""

import re

import pytest
from django.urls import reverse

from foundation.actions import Actor
from foundation.audit.models import Event
from foundation.mail.models import Email
from members.actions import people
from members.models import User
from tests.members.logins import PASSWORD, ask_for_code, last_email, last_letter, login, who, write_letters

# By password


def test_the_password_opens_the_door(client, known):
    assert login(client).url == reverse("home")
    assert who(client) == str(known.pk)


# ASVS V16.3.1
def test_who_came_in_and_who_failed_stands_in_the_trail(client, known):
    login(client, password="違う合い言葉です")
    login(client, email="nobody@example.jp")
    login(client)
    here = {"接続元": "127.0.0.1"}
    assert list(Event.objects.order_by("id").values_list("action", "by", "target_id", "changes")) == [
        ("members.fail_to_log_in", None, known.pk, here),
        ("members.fail_to_log_in", None, None, here),
        ("members.log_in", known.pk, known.pk, {"方法": "パスワード", **here}),
    ]


# ASVS V16.3.1
def test_who_came_in_by_a_mailed_code_stands_in_the_trail_as_such(client, known):
    ask_for_code(client, known.email)
    code = re.search(r"^\d{4}-\d{4}$", last_letter(), re.MULTILINE)[0]
    client.post(reverse("account_confirm_login_code"), {"code": code})
    assert Event.objects.get(action="members.log_in").changes["方法"] == "確認コード"


@pytest.mark.parametrize("name", ["account_login", "account_request_login_code", "account_reset_password"])
def test_an_empty_field_is_asked_for_by_its_label(client, town, name):
    errors = client.post(reverse(name), {}).context["form"].errors
    asked_for = {"login": "メールアドレス", "email": "メールアドレス", "password": "パスワード"}
    assert errors == {field: [f"{asked_for[field]}を入力してください。"] for field in errors}
    assert errors


def test_an_address_is_one_in_whatever_spelling(client, known):
    login(client, email=" ＳＡＴＯ＠example.jp ")
    assert who(client) == str(known.pk)


def test_after_logging_in_one_is_where_one_wanted_to_be(client, known, group):
    wanted = reverse("members:roster", args=[group.slug])
    asked = client.get(wanted)
    page = client.post(asked.url, {"login": "sato@example.jp", "password": PASSWORD})
    assert page.url == wanted


def test_nobody_is_sent_to_another_site_after_logging_in(client, known):
    page = client.post(
        reverse("account_login") + "?next=https://evil.example/",
        {"login": "sato@example.jp", "password": PASSWORD},
    )
    assert page.url == reverse("home")


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(client, known):
    wrong = login(client, password="違うパスワード")
    unknown = login(client, email="nobody@example.jp")
    assert wrong.context["form"].errors == unknown.context["form"].errors
    assert wrong.context["form"].non_field_errors() == [
        "メールアドレスかパスワードが違います。パスワードを決めていない方は、確認コードでログインしてください。"
    ]


def test_passwords_cannot_be_tried_without_end(client, known):
    for _ in range(5):
        login(client, password="違うパスワード")
    page = login(client)
    (told,) = page.context["form"].non_field_errors()
    assert told == (
        "パスワードの間違いが続いたため、パスワードでのログインの受付を一時止めています。"
        "5分ほど待ってから、もう一度お試しください。お急ぎのときは、確認コードでログインできます。"
    )
    assert who(client) is None


def test_who_was_switched_off_is_refused(client, known):
    known.is_active = False
    known.save()
    assert login(client).url == reverse("account_inactive")
    assert client.get(reverse("account_inactive")).status_code == 200
    assert who(client) is None


def test_switching_somebody_off_ends_what_they_are_doing(client, known, abe, group):
    login(client)
    people.edit_person(person=known, by=Actor(abe), seen=User.objects.get(pk=known.pk).version, is_active=False)
    assert client.get(reverse("members:roster", args=[group.slug])).status_code == 302


# By mailed code


def test_a_mailed_code_opens_the_door_without_a_password(client, sato):
    page = ask_for_code(client, "sato@example.jp")
    code = re.search(r"^\d{4}-\d{4}$", last_letter(), re.MULTILINE)[0]
    email = last_email()
    assert (email.to_address, email.subject, email.sensitive) == (
        "sato@example.jp",
        "【見本市 DX推進部会ポータル】確認コード",
        True,
    )
    client.post(
        page.redirect_chain[-1][0], {"code": code.translate({ord(d): ord(d) + 0xFEE0 for d in "0123456789"})}
    )
    assert who(client) == str(sato.pk)


def test_a_code_leads_where_one_wanted_to_be(client, sato, group):
    wanted = reverse("members:roster", args=[group.slug])
    page = client.post(f"{reverse('account_request_login_code')}?next={wanted}", {"email": "sato@example.jp"})
    code = re.search(r"^\d{4}-\d{4}$", last_letter(), re.MULTILINE)[0]
    assert client.post(page.url, {"code": code}).url == wanted


def test_who_is_logged_in_is_asked_for_no_code(as_, sato):
    for page in ("account_request_login_code", "account_confirm_login_code"):
        assert as_(sato).get(reverse(page)).url == reverse("home")


def test_an_unknown_address_gets_the_same_page_and_no_email(client, sato):
    known, unknown = ask_for_code(client, "sato@example.jp"), ask_for_code(client, "nobody@example.jp")
    assert known.redirect_chain == unknown.redirect_chain
    write_letters()
    assert Email.objects.count() == 1


def test_a_code_may_be_mistyped_three_times(client, sato):
    page = ask_for_code(client, "sato@example.jp")
    here = page.redirect_chain[-1][0]
    answers = [client.post(here, {"code": "0000-0000"}).status_code for _ in range(3)]
    assert answers == [200, 200, 302]
    assert client.get(here).url == reverse("account_request_login_code")


def test_who_mistyped_the_address_begins_anew(client, sato):
    page = ask_for_code(client, "sata@example.jp")
    again = reverse("account_request_login_code")
    assert client.get(again).url == page.redirect_chain[-1][0]
    assert client.post(reverse("account_logout"), {"next": again}).url == again
    assert client.get(again).status_code == 200


def test_a_code_is_sent_again(client, sato):
    page = ask_for_code(client, "sato@example.jp")
    assert "確認コードをもう一度送る" in page.content.decode()
    client.post(page.redirect_chain[-1][0], {"action": "resend"})
    write_letters()
    assert Email.objects.count() == 2


def test_who_was_switched_off_gets_no_code(client, sato):
    sato.is_active = False
    sato.save()
    ask_for_code(client, "sato@example.jp")
    write_letters()
    assert not Email.objects.exists()


def test_codes_cannot_be_asked_for_without_end(client, sato):
    for _ in range(3):
        ask_for_code(client, "sato@example.jp")
    page = ask_for_code(client, "sato@example.jp")
    assert [*page.context["form"].errors] == ["email"]
    write_letters()
    assert Email.objects.count() == 3


# Signing up is closed


def test_nobody_signs_up(client, town):
    page = client.get(reverse("account_signup"))
    assert "利用者の登録は、システム管理者が行います" in page.content.decode()
    client.post(reverse("account_signup"), {"email": "new@example.jp", "password1": PASSWORD})
    assert not User.objects.exists()


# Logging out


def test_logging_out_is_a_action_not_a_page(client, known):
    login(client)
    assert client.get(reverse("account_logout")).status_code == 200
    assert who(client) == str(known.pk)
    client.post(reverse("account_logout"))
    assert who(client) is None


# ASVS V14.3.1
def test_logging_out_takes_along_what_the_browser_kept(client, known):
    login(client)
    assert client.post(reverse("account_logout"))["Clear-Site-Data"] == '"cache", "storage"'
