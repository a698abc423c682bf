"""Choosing a password: forgotten, for the first time, changed; what is weak or does not match."""

import re
from datetime import timedelta

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from foundation.audit.models import Event
from foundation.mail.models import Email
from members.breached import BYTES, LIST, is_breached
from members.models import User
from members.passwords import WORDS
from tests.members.logins import PASSWORD, last_email, last_letter, login, pages, who, write_letters
from tests.repository import ROOT


def test_a_forgotten_password_is_chosen_anew_by_a_mailed_link(client, known, settings):
    settings.SITE_URL = "https://portal.example.jp"
    client.post(reverse("account_reset_password"), {"email": "sato@example.jp"}, headers={"host": "localhost"})
    address = re.search(r"https://portal\.example\.jp(/\S+)", last_letter())[1]
    page = client.get(address, follow=True)
    new = "川沿いの道を自転車で走る"
    client.post(page.redirect_chain[-1][0], {"password1": new, "password2": new})
    login(client, password=new)
    assert who(client) == str(known.pk)
    assert Event.objects.get(action="members.set_password").target_id == known.pk
    assert last_email().subject == "【見本市 DX推進部会ポータル】パスワードを変更しました"


# ASVS V6.4.1
def test_a_link_works_once(client, known):
    client.post(reverse("account_reset_password"), {"email": "sato@example.jp"})
    address = re.search(r"http://[^/]+(/\S+)", last_letter())[1]
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
    write_letters()
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


# ASVS V6.2.2, V6.2.3
def test_changing_the_password_asks_for_the_old_one(client, known):
    login(client)
    new = {"password1": "川沿いの道を自転車で走る", "password2": "川沿いの道を自転車で走る"}
    page = client.post(reverse("account_change_password"), {"oldpassword": "違う", **new})
    assert page.context["form"].errors == {"oldpassword": ["現在のパスワードが違います。"]}
    page = client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, **new})
    assert page.url == reverse("home")
    client.post(reverse("account_logout"))
    login(client, password=new["password1"])
    assert who(client) == str(known.pk)


# ASVS V6.2.1
def test_a_password_has_twelve_characters_or_more(town):
    validate_password("かもめとあひるが川を渡る")
    with pytest.raises(ValidationError) as refusal:
        validate_password("かもめとあひるが川を渡")
    assert [error.code for error in refusal.value.error_list] == ["password_too_short"]


# ASVS V6.2.8, V6.2.9
@pytest.mark.parametrize(
    ("chosen", "others"),
    [
        (" Kamo wo kazoeta hi ", ["Kamo wo kazoeta hi", " kamo wo kazoeta hi ", "  Kamo wo kazoeta hi "]),
        ("ＫＡＭＯを数えた日の夕方", ["KAMOを数えた日の夕方", "ＫＡＭＯを数えた日の夕"]),
        ("鴨を数えて川辺を歩く" * 13, ["鴨を数えて川辺を歩く" * 13 + "鴨", ("鴨を数えて川辺を歩く" * 13)[:-1]]),
        ("kamo" + "を数えた日" * 200, ["kamo" + "を数えた日" * 199]),
    ],
    ids=["blanks and capitals", "full width", "130 characters", "a thousand"],
)
def test_a_password_counts_exactly_as_it_was_typed(client, known, chosen, others):
    login(client)
    new = {"password1": chosen, "password2": chosen}
    assert client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, **new}).status_code == 302
    for typed, person in [*((other, None) for other in others), (chosen, str(known.pk))]:
        client.post(reverse("account_logout"))
        login(client, password=typed)
        assert who(client) == person


# ASVS V6.2.10
def test_a_password_of_years_ago_still_opens_and_nobody_is_asked_for_another(client, known):
    User.objects.update(last_login=timezone.now() - timedelta(days=3_000))
    assert pages(
        client.post(reverse("account_login"), {"login": known.email, "password": PASSWORD}, follow=True)
    ) == [reverse("home")]


@pytest.mark.parametrize("weak", ["short", "password1234", "sato@example.jp"])
def test_a_weak_password_is_refused_beside_its_field(as_, sato, weak):
    sato.set_unusable_password()
    sato.save()
    page = as_(sato).post(reverse("account_set_password"), {"password1": weak, "password2": weak})
    assert [*page.context["form"].errors] == ["password1"]


@pytest.mark.parametrize("usual", ["qwertyuiop123", "international", "leavemealone"])
def test_usual_passwords_are_refused(town, usual):
    with pytest.raises(ValidationError) as refusal:
        validate_password(usual)
    assert "password_too_common" in [error.code for error in refusal.value.error_list]


# ASVS V6.2.4, V6.2.12
@pytest.mark.parametrize("leaked", ["1234qwerasdf", "Q1w2e3r4t5y6u7i8", "ｇｈｂｄｔｎＧｈｂｄｔｎ"])
def test_passwords_that_leaked_elsewhere_are_refused(as_, sato, leaked):
    """In whatever letters: they are long enough, and no usual word that Django knows."""
    sato.set_unusable_password()
    sato.save()
    page = as_(sato).post(reverse("account_set_password"), {"password1": leaked, "password2": leaked})
    assert page.context["form"].errors == {
        "password1": [
            "過去に他のサービスから流出したパスワードの一覧にあるため、使えません。別のパスワードを考えてください。"
        ]
    }


# ASVS V6.2.4
def test_the_list_of_what_leaked_is_long_and_in_order():
    listed = LIST.read_bytes()
    entries = [listed[start : start + BYTES] for start in range(0, len(listed), BYTES)]
    assert entries == sorted(set(entries))
    assert len(entries) > 35_000, "all of twelve characters and more among the million most frequent"
    assert not is_breached(PASSWORD)


# ASVS V6.1.2, V6.2.11
@pytest.mark.parametrize(
    "of_the_house",
    [
        "見本市DX推進部会2026",
        "ＤＸ推進部会ポータル！！２０２６",
        "見本県見本市 職員 パスワード",
        "Mihon-City-DXbukai-2026",
        "dx-now-password-2026!",
        "welcome_portal_admin_01",
        "見本市行政経営本部12345",
        "あああああああああああああ",
    ],
)
def test_a_password_of_the_house_s_own_words_and_figures_is_refused(group, settings, of_the_house):
    settings.SITE_URL = "https://dx.city.mihon.example.jp"
    with pytest.raises(ValidationError) as refusal:
        validate_password(of_the_house)
    assert refusal.value.messages == [
        "団体や会議の名前、サービスの名前、数字など、推測されやすいものを除くと8文字に足りません。関係のない言葉を足してください。"
    ]


# ASVS V6.2.5
@pytest.mark.parametrize(
    "enough",
    [
        "見本市の川辺で鴨を数えた",
        PASSWORD,
        "correct horse battery",
        "correcthorsebattery",
        "カモメトアヒルガカワヲワタル",
        "鴨🦆が川を渡って巣に帰る",
    ],
)
def test_one_of_those_words_among_others_is_welcome(group, enough):
    validate_password(enough)


def test_the_documents_list_the_words_of_the_house():
    listed = re.search(r"^> (.+)$", (ROOT / "docs" / "security.md").read_text(), re.MULTILINE)[1]
    assert listed.split() == list(WORDS)


# ASVS V6.4.1, V9.2.1
@pytest.mark.parametrize(("hours", "opens"), [(23, True), (25, False)])
def test_a_link_to_choose_a_password_lives_for_a_day(client, known, hours, opens):
    """From when its letter leaves."""
    client.post(reverse("account_reset_password"), {"email": "sato@example.jp"})
    assert "送信から24時間を過ぎると使えなくなります" in last_letter()
    sent = default_token_generator._num_seconds(default_token_generator._now()) - hours * 3600
    token = default_token_generator._make_token_with_timestamp(known, sent, default_token_generator.secret)
    address = reverse("account_reset_password_from_key", args=[user_pk_to_url_str(known), token])
    assert ("このリンクは使えません" not in client.get(address, follow=True).content.decode()) == opens


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
