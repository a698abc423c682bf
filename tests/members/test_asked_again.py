"""Before a sensitive action one shows again who one is: by which way each kind of person can, and what is kept."""

import re
import runpy

import pytest
from django.urls import reverse

from foundation.audit.models import Event
from foundation.mail.message import fill
from foundation.mail.models import Email
from members.models import DeskGrant, User
from tests import builders
from tests.members.logins import PASSWORD, code_of, last_email, last_letter, login, long_ago, pages
from tests.members.test_entry import everything_stored
from tests.repository import ROOT

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
BY_PASSWORD, BY_APP, BY_KEY = (
    reverse(name) for name in ("account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn")
)
BY_CODE = reverse("members:reauthenticate_by_code")
FACTORS, ADD_APP = reverse("members:factors"), reverse("members:add_app")
BACK_TO_APP = f"?next={ADD_APP.replace('/', '%2F')}"


@pytest.fixture
def by_mail(as_):
    """`by_mail(abe)`: the browser of somebody without a password, who logged in a while ago."""

    def login_of(person):
        person.set_unusable_password()
        person.save()
        return tired(as_(person))

    return login_of


def tired(client):
    """Logged in, but longer ago than an action may be that opens doors."""
    long_ago(client, minutes=11)
    return client


@pytest.fixture
def on_duty(client, known):
    login(client)
    return tired(client)


# Who is asked, and how each can answer


# ASVS V7.5.1
def test_a_fresh_login_is_enough_for_ten_minutes(as_, sato):
    client = as_(sato)
    long_ago(client, minutes=9)
    assert client.get(ADD_APP).status_code == 200
    long_ago(client, minutes=11)
    assert client.get(ADD_APP).status_code == 302


# ASVS V7.2.4
def test_who_has_a_password_shows_it_and_goes_on_under_a_new_key(on_duty, known):
    asked = on_duty.get(ADD_APP)
    assert asked.url == BY_PASSWORD + BACK_TO_APP
    before = on_duty.session.session_key
    wrong = on_duty.post(asked.url, {"password": "違う"})
    assert wrong.context["form"].errors == {"password": ["パスワードが違います。"]}
    assert on_duty.post(asked.url, {"password": PASSWORD}).url == ADD_APP
    assert on_duty.get(ADD_APP).status_code == 200
    assert on_duty.session.session_key != before
    assert [row["is_this"] for row in on_duty.get(reverse("members:sessions")).context["rows"]] == [True]
    assert Event.objects.filter(action="members.show_again", target_id=known.pk).count() == 1


def test_who_has_an_app_shows_its_code(as_, known):
    builders.make_app(user=known, secret=SECRET)
    client = tired(as_(known))
    asked = client.get(ADD_APP)
    assert asked.url == BY_APP + BACK_TO_APP
    assert client.post(asked.url, {"code": code_of(SECRET)}).url == ADD_APP
    assert client.get(ADD_APP).status_code == 200


def test_with_a_factor_neither_password_nor_mail_is_enough(as_, known):
    builders.make_app(user=known, secret=SECRET)
    client = tired(as_(known))
    assert client.post(BY_PASSWORD, {"password": PASSWORD}).url == BY_APP
    assert client.post(BY_CODE, {"action": "send"}).url.startswith(BY_APP)
    assert client.get(ADD_APP).url == BY_APP + BACK_TO_APP


def test_who_lost_the_app_shows_a_printed_code_and_is_told(as_, known):
    builders.make_app(user=known, secret=SECRET)
    client = as_(known)
    printed = re.findall(r"<li>(\d{4} \d{4})</li>", client.get(reverse("members:spare_codes")).content.decode())
    tired(client).post(BY_APP + BACK_TO_APP, {"code": printed[0]})
    assert client.get(ADD_APP).status_code == 200
    assert "残りは9個です" in last_email().body


def mailed():
    return re.search(r"^\d{4}-\d{4}$", last_letter(), re.MULTILINE)[0]


def test_who_has_neither_gets_a_code_by_mail(by_mail, sato):
    client = by_mail(sato)
    asked = client.get(ADD_APP)
    assert asked.url == BY_CODE + BACK_TO_APP
    sent = client.post(asked.url, {"action": "send", "next": ADD_APP})
    assert sent.url == asked.url
    assert (last_email().to_address, last_email().subject, last_email().sensitive) == (
        "sato@example.jp",
        "【見本市 DX推進部会ポータル】御本人の確認",
        True,
    )
    assert client.post(sent.url, {"code": mailed()}).url == ADD_APP
    assert client.get(ADD_APP).status_code == 200


def test_who_forgot_the_password_has_the_mail_beside_it(on_duty):
    others = on_duty.get(BY_PASSWORD + BACK_TO_APP).context["reauthentication_alternatives"]
    assert [(way["description"], way["url"]) for way in others] == [
        ("メールで届く確認コードで確認する", BY_CODE + BACK_TO_APP)
    ]


# The mailed code


# ASVS V6.5.1
def test_a_mailed_code_works_once(by_mail, sato):
    client = by_mail(sato)
    client.post(BY_CODE, {"action": "send"})
    code = mailed()
    client.post(BY_CODE, {"code": code})
    session = tired(client).session
    session.pop("account_authentication_methods")
    session.save()
    client.post(BY_CODE, {"code": code})
    assert client.get(ADD_APP).status_code == 302


# ASVS V6.6.2
def test_a_code_of_another_person_or_of_another_session_is_none(by_mail, sato, tanaka):
    client = by_mail(tanaka)
    client.post(BY_CODE, {"action": "send"})
    code = mailed()
    client = by_mail(sato)
    client.post(BY_CODE, {"action": "send"})
    page = client.post(BY_CODE, {"code": code})
    assert page.context["form"].errors == {
        "code": ["確認コードが違います。最後に届いたメールの数字を入力してください。"]
    }


# ASVS V6.5.5
def test_a_mailed_code_lasts_ten_minutes(by_mail, sato):
    client = by_mail(sato)
    client.post(BY_CODE, {"action": "send"})
    session = client.session
    session["mailed_code"] = session["mailed_code"] | {"at": session["mailed_code"]["at"] - 601}
    session.save()
    page = client.post(BY_CODE, {"code": mailed()})
    assert page.context["form"].errors == {"code": ["確認コードの期限が過ぎています。もう一度送ってください。"]}


# ASVS V6.6.3
def test_a_mailed_code_may_be_mistyped_twice(by_mail, sato):
    client = by_mail(sato)
    client.post(BY_CODE, {"action": "send"})
    said = [client.post(BY_CODE, {"code": "0000-0000"}).context["form"].errors["code"][0] for _ in range(3)]
    assert said[2] == "続けて間違えたため、この確認コードは使えません。もう一度送ってください。"
    client.post(BY_CODE, {"code": mailed()})
    assert client.get(ADD_APP).status_code == 302


def test_codes_cannot_be_asked_for_without_end(by_mail, sato):
    client = by_mail(sato)
    found = [client.post(BY_CODE, {"action": "send"}).status_code for _ in range(12)]
    assert set(found[10:]) == {429}
    assert Email.objects.count() == 10


def test_a_mailed_code_stands_readable_nowhere_but_in_the_mail(by_mail, sato):
    client = by_mail(sato)
    client.post(BY_CODE, {"action": "send"})
    code = mailed()
    stored = list(everything_stored())
    assert [row for row in stored if code in row or code.replace("-", "") in row] == []
    assert any("[[again-code:" in row for row in stored), "the letter that waits was looked at"


def test_a_letter_to_somebody_else_says_another_code(by_mail, sato, tanaka):
    by_mail(sato).post(BY_CODE, {"action": "send"})
    email = last_email()
    assert fill(email.body, tanaka) != fill(email.body, sato)
    assert fill(email.body, None) == email.body


def test_nobody_is_led_to_another_site(by_mail, sato):
    client = by_mail(sato)
    client.post(f"{BY_CODE}?next=https://evil.example/", {"action": "send"})
    assert client.post(f"{BY_CODE}?next=https://evil.example/", {"code": mailed()}).url == "/"


# Which actions ask, and what is kept


def sensitive(group, member, app, phone):
    """(method, address): what opens a door, or shows a key."""
    slug, person = group.slug, member.user_id
    return {
        "sato": [
            ("get", FACTORS + "app/"),
            ("get", FACTORS + "key/"),
            ("get", f"{FACTORS}{app.pk}/remove/"),
            ("post", f"{FACTORS}{app.pk}/remove/"),
            ("get", FACTORS + "codes/"),
            ("post", FACTORS + "codes/"),
            ("post", f"/accounts/sessions/{phone.pk}/end/"),
            ("post", "/accounts/sessions/others/end/"),
        ],
        "suzuki": [
            ("get", f"/groups/{slug}/desk/members/slips/sheet/"),
            ("post", f"/groups/{slug}/desk/members/slips/sheet/"),
            ("get", "/accounts/password/set/"),
        ],
        "abe": [
            ("get", f"/manage/groups/{slug}/desk/add/{person}/"),
            ("post", f"/manage/groups/{slug}/desk/add/{person}/"),
            ("get", f"/manage/people/{person}/factors/reset/"),
        ],
    }


# ASVS V7.5.1, V7.5.3
@pytest.mark.parametrize("name", ["sato", "suzuki", "abe"])
def test_these_ask(by_mail, group, member, sato, suzuki, abe, name):
    app, phone = builders.make_app(user=sato), builders.make_session(user=sato)
    client = by_mail({"sato": sato, "suzuki": suzuki, "abe": abe}[name])
    asked = {
        (method, address): getattr(client, method)(address).headers.get("Location", "").partition("?")[0]
        for method, address in sensitive(group, member, app, phone)[name]
    }
    assert set(asked.values()) == {BY_APP if name == "sato" else BY_CODE}
    assert DeskGrant.objects.count() == 1


def form_of(client, person):
    form = client.get(reverse("members:edit_person", args=[person.pk])).context["form"]
    sent = {name: form[name].value() for name in form.fields}
    return {
        name: "on" if value is True else value for name, value in sent.items() if value not in {None, False, ""}
    }


# ASVS V7.5.1, V7.5.3
@pytest.mark.parametrize(
    "change", [{"is_administrator": "on"}, {"is_data_steward": "on"}, {"email": "other@example.jp"}]
)
def test_a_right_or_an_address_is_given_after_the_administrator_has_shown_who_it_is(by_mail, abe, kimura, change):
    client = by_mail(abe)
    address = reverse("members:edit_person", args=[kimura.pk])
    asked = client.post(address, form_of(client, kimura) | change)
    assert asked.url == f"{BY_CODE}?next=%2Fsend-again%2F"
    before = User.objects.get(pk=kimura.pk)
    assert (before.is_administrator, before.is_data_steward, before.email) == (False, False, "kimura@example.jp")

    client.post(asked.url, {"action": "send"})
    shown = client.post(asked.url, {"code": mailed()}, follow=True)
    assert pages(shown) == ["/send-again/"]
    assert client.post(address, form_of(client, kimura) | change).url == address


def test_what_opens_no_door_is_changed_without_being_asked(by_mail, abe, kimura):
    client = by_mail(abe)
    address = reverse("members:edit_person", args=[kimura.pk])
    assert client.post(address, form_of(client, kimura) | {"phone": "内線 1"}).url == address


def test_who_left_comes_in_again_after_the_administrator_was_asked(by_mail, abe, kimura):
    User.objects.filter(pk=kimura.pk).update(is_active=False)
    client = by_mail(abe)
    address = reverse("members:edit_person", args=[kimura.pk])
    assert (
        client.post(address, form_of(client, kimura) | {"is_active": "on"}).url
        == f"{BY_CODE}?next=%2Fsend-again%2F"
    )
    assert not User.objects.get(pk=kimura.pk).is_active


def test_a_reviewer_is_named_after_being_asked_and_not_named_any_more_at_once(by_mail, abe, suzuki, group):
    client = by_mail(abe)
    grant = suzuki.desk_grants.get()
    address = reverse("members:name_reviewer", args=[group.slug, grant.pk])
    assert client.post(address, {"reviews_data": "1"}).url == f"{BY_CODE}?next=%2Fsend-again%2F"
    DeskGrant.objects.update(reviews_data=True)
    assert client.post(address).url == reverse("members:manage_group", args=[group.slug])
    assert not DeskGrant.objects.get().reviews_data


@pytest.mark.parametrize("right", ["is_administrator", "is_data_steward"])
def test_a_person_with_a_right_is_registered_after_being_asked(by_mail, abe, right):
    client = by_mail(abe)
    asked = client.post(reverse("members:add_person"), {"family_name": "新", right: "on"})
    assert asked.url == f"{BY_CODE}?next=%2Fsend-again%2F"
    assert client.post(reverse("members:add_person"), {"family_name": "新"}).status_code == 200


def test_what_was_typed_is_there_again_and_sent_with_one_press(by_mail, abe, kimura, group):
    client = by_mail(abe)
    address = reverse("members:grant_desk", args=[group.slug, kimura.pk])
    asked = client.post(address, {"valid_from": "令和8年4月1日", "valid_to": "令和9年3月31日"})
    client.post(asked.url, {"action": "send"})
    page = client.post(asked.url, {"code": mailed()}, follow=True).content.decode()
    assert "<li><pre>令和8年4月1日</pre></li>" in page
    sent = dict(re.findall(r'<input type="hidden" name="(valid_\w+)" value="([^"]*)">', page))
    client.post(address, sent)
    assert DeskGrant.objects.filter(user=kimura, valid_from="2026-04-01", valid_to="2027-03-31").exists()


def test_of_a_button_nobody_says_that_something_was_typed(on_duty):
    asked = on_duty.post(reverse("members:end_other_sessions"))
    page = on_duty.post(asked.url, {"password": PASSWORD}, follow=True).content.decode()
    said = page.partition("<main")[2].partition("</main>")[0]
    assert "先ほどの操作は、まだ行っていません。行うときは、もう一度送信してください。" in said
    assert "入力した内容" not in said


def test_who_cannot_show_it_in_any_way_is_refused_in_words(by_mail, sato):
    client = by_mail(sato)
    User.objects.filter(pk=sato.pk).update(email=None)
    page = client.get(ADD_APP)
    assert page.status_code == 403
    assert "このページを利用できません" in page.content.decode()


def test_in_the_demo_one_is_asked_for_nothing(tmp_path, monkeypatch):
    """Nobody there has a password, a phone or a mailbox."""
    for name, value in {"DXBUKAI_MODE": "demo", "DXBUKAI_VAR": str(tmp_path)}.items():
        monkeypatch.setenv(name, value)
    found = runpy.run_path(str(ROOT / "dxbukai" / "settings.py"))
    half_a_day = 12 * 60 * 60
    names = ["ACCOUNT_REAUTHENTICATION_TIMEOUT", "IDLE_ADMINISTRATOR", "IDLE_DESK", "FACTOR_REQUIRED"]
    assert [found[name] for name in names] == [half_a_day, half_a_day, half_a_day, False]
