"""A second factor that counts: set up, asked for at the login, lost, printed; what the database knows of it."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.db import connection
from django.urls import reverse

from foundation.audit.models import Event
from foundation.mail.models import Email
from members import factors
from tests import builders
from tests.members.logins import code_of, last_email, last_letter, login, pages, who

FACTORS, ADD_APP, CODES = (reverse(f"members:{name}") for name in ("factors", "add_app", "spare_codes"))
AT_LOGIN = reverse("mfa_authenticate")
NOT_THIS = (
    "認証コードを確認できません。一度使った数字は使えません。数字が変わるのを待って、もう一度入力してください。"
)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def app(known):
    """Sato's phone counts."""
    return builders.make_app(user=known, secret=SECRET)


def printed(client):
    """What stands on the page that one prints."""
    return re.findall(r"<li>(\d{4} \d{4})</li>", client.get(CODES).content.decode())


def actions(person):
    return list(Event.objects.filter(target_id=person.pk).order_by("id").values_list("action", flat=True))


# Setting up


def test_an_app_is_set_up_with_the_first_code_that_fits(as_, sato):
    client = as_(sato)
    form = client.get(ADD_APP).context["form"]
    done = client.post(ADD_APP, {"sealed": form["sealed"].value(), "code": code_of(form.secret)})

    assert done.url == CODES
    assert list(Authenticator.objects.values_list("user", "type")) == [
        (sato.pk, "totp"),
        (sato.pk, "recovery_codes"),
    ]
    assert actions(sato) == ["members.add_factor"]
    assert (last_email().to_address, last_email().subject) == (
        "sato@example.jp",
        "【見本市 DX推進部会ポータル】二段階認証の方法を登録しました",
    )
    assert "認証アプリが登録されました" in last_email().body


def test_the_picture_and_the_key_say_the_same_and_whose_house_it_is(as_, sato):
    page = as_(sato).get(ADD_APP)
    assert page.context["secret"].replace(" ", "") == page.context["form"].secret
    assert page.context["picture"].startswith("data:image/svg+xml;base64,")
    assert factors.FactorAdapter().get_totp_issuer() == "見本市 DX推進部会ポータル"


def test_a_code_that_does_not_fit_leaves_the_same_picture_and_stores_nothing(as_, sato):
    client = as_(sato)
    form = client.get(ADD_APP).context["form"]
    again = client.post(ADD_APP, {"sealed": form["sealed"].value(), "code": "000000"}).context["form"]

    assert (again.secret, again["sealed"].value()) == (form.secret, form["sealed"].value())
    assert again.errors == {"code": [NOT_THIS]}
    assert not Authenticator.objects.exists()


def test_the_page_of_somebody_else_sets_up_nothing(as_, sato, tanaka):
    form = as_(tanaka).get(ADD_APP).context["form"]
    again = as_(sato).post(ADD_APP, {"sealed": form["sealed"].value(), "code": code_of(form.secret)})

    assert again.context["form"].secret != form.secret
    assert not Authenticator.objects.exists()


def test_there_is_one_app_for_each(as_, app, sato):
    client = as_(sato)
    form = client.get(ADD_APP).context["form"]
    page = client.post(ADD_APP, {"sealed": form["sealed"].value(), "code": code_of(form.secret)})
    assert page.context["form"].errors == {"__all__": ["認証アプリは既に登録されています。"]}


# At the login


# ASVS V6.3.3
def test_after_the_password_the_app_is_asked_for(client, known, app):
    assert login(client).url == AT_LOGIN
    assert who(client) is None
    full_width = code_of(SECRET).translate({ord(figure): ord(figure) + 0xFEE0 for figure in "0123456789"})
    client.post(AT_LOGIN, {"code": full_width})
    assert who(client) == str(known.pk)


# ASVS V16.3.1
def test_the_factor_stands_in_the_trail_beside_the_password(client, known, app):
    login(client)
    client.post(AT_LOGIN, {"code": code_of(SECRET)})
    assert Event.objects.get(action="members.log_in").changes["方法"] == "パスワード・認証アプリ"


def test_after_a_mailed_code_the_app_is_asked_for_too(client, known, app):
    client.post(reverse("account_request_login_code"), {"email": known.email})
    code = re.search(r"^\d{4}-\d{4}$", last_letter(), re.MULTILINE)[0]
    assert pages(client.post(reverse("account_confirm_login_code"), {"code": code}, follow=True)) == [AT_LOGIN]
    assert who(client) is None


# ASVS V6.4.3
def test_a_new_password_leaves_the_factor_as_it_was(client, known, app):
    client.post(reverse("account_reset_password"), {"email": known.email})
    address = re.search(r"http://[^/]+(/\S+)", last_letter())[1]
    page = client.get(address, follow=True)
    new = "川沿いの道を自転車で走る"
    client.post(page.redirect_chain[-1][0], {"password1": new, "password2": new})
    assert login(client, password=new).url == AT_LOGIN


# ASVS V16.3.1
def test_a_wrong_code_stands_in_the_trail_and_is_told_in_words(client, known, app):
    login(client)
    page = client.post(AT_LOGIN, {"code": "000000"})
    assert page.context["form"].errors == {"code": [NOT_THIS]}
    assert actions(known) == ["members.fail_factor"]


# ASVS V6.5.1
def test_a_code_works_once(client, known, app):
    code = code_of(SECRET)
    login(client)
    client.post(AT_LOGIN, {"code": code})
    client.post(reverse("account_logout"))
    login(client)
    assert client.post(AT_LOGIN, {"code": code}).status_code == 200
    assert who(client) is None


# ASVS V6.5.1
def test_the_code_that_set_the_app_up_is_used_up(as_, client, known):
    as_(known)
    form = client.get(ADD_APP).context["form"]
    code = code_of(form.secret)
    client.post(ADD_APP, {"sealed": form["sealed"].value(), "code": code})
    client.post(reverse("account_logout"))
    login(client)
    client.post(AT_LOGIN, {"code": code})
    assert who(client) is None


# ASVS V6.5.5
def test_a_code_of_half_a_minute_ago_opens_nothing(client, known, app):
    code_of(SECRET)
    counter = next(totp.yield_hotp_counters_from_time())
    login(client)
    for other in (counter - 1, counter + 1):
        client.post(AT_LOGIN, {"code": totp.format_hotp_value(totp.hotp_value(SECRET, other))})
    assert who(client) is None


def test_codes_cannot_be_tried_without_end(client, known, app):
    login(client)
    for _ in range(5):
        client.post(AT_LOGIN, {"code": "000000"})
    page = client.post(AT_LOGIN, {"code": code_of(SECRET)})
    assert "続けて間違えたため" in page.content.decode()
    assert who(client) is None


# The printed list


# ASVS V6.5.1, V6.5.4
def test_a_printed_code_stands_in_for_the_app_once_and_its_owner_is_told(client, known, app, as_):
    first, *others = printed(as_(known))
    client.post(reverse("account_logout"))
    login(client)
    client.post(AT_LOGIN, {"code": first})
    assert who(client) == str(known.pk)
    assert printed(client) == others
    assert "残りは9個です" in last_email().body
    assert "members.use_spare_code" in actions(known)

    client.post(reverse("account_logout"))
    login(client)
    client.post(AT_LOGIN, {"code": first})
    assert who(client) is None


def test_a_new_list_makes_the_old_one_worthless(as_, known, app):
    client = as_(known)
    before = printed(client)
    assert client.post(CODES).url == CODES
    assert len({*before, *printed(client)}) == 20
    assert actions(known) == ["members.renew_spare_codes"]
    assert last_email().subject == "【見本市 DX推進部会ポータル】予備コードを作り直しました"


def test_who_has_no_factor_has_no_list(as_, sato):
    client = as_(sato)
    assert client.get(CODES).url == FACTORS
    assert pages(client.post(CODES, follow=True)) == [FACTORS]
    assert not Authenticator.objects.exists()


def test_an_empty_list_says_so(as_, known, app):
    codes = factors.spare_codes(known)
    codes.data["used_mask"] = 2**10 - 1
    codes.save()
    assert "残っている予備コードはありません" in as_(known).get(CODES).content.decode()


# Removing


# ASVS V6.5.6
def test_with_the_last_factor_the_printed_list_goes_too(as_, known, app):
    client = as_(known)
    remove = reverse("members:remove_factor", args=[app.pk])
    assert "予備コードも使えなくなり" in client.get(remove).content.decode()
    client.post(remove)
    assert not Authenticator.objects.exists()
    assert actions(known) == ["members.remove_factor"]
    assert "二段階認証を求めません" in last_email().body


def test_nobody_removes_another_persons_factor(as_, app, tanaka):
    assert as_(tanaka).post(reverse("members:remove_factor", args=[app.pk])).status_code == 404
    assert Authenticator.objects.filter(pk=app.pk).exists()


def test_the_printed_list_alone_is_not_removed(as_, known, app):
    codes = factors.spare_codes(known)
    assert as_(known).post(reverse("members:remove_factor", args=[codes.pk])).status_code == 404


# What the database knows


# ASVS V6.5.2
def test_no_seed_stands_readable_in_the_database(as_, known, app):
    """Neither of the app nor of the printed list, nor in the session while one sets up."""
    client = as_(known)
    shown = client.get(ADD_APP).context["form"].secret
    codes = [code.replace(" ", "") for code in printed(client)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT data::text FROM mfa_authenticator")
        stored = [text for (text,) in cursor.fetchall()]
        cursor.execute("SELECT session_data FROM django_session")
        sessions = [client.session.decode(text) for (text,) in cursor.fetchall()]
    assert [
        word for word in [SECRET, shown, *codes] for text in [*stored, *map(str, sessions)] if word in text
    ] == []
    assert (len(stored), len(sessions)) == (2, 1)


# ASVS V6.5.2
def test_the_printed_codes_are_stored_nowhere_and_made_of_a_seed_of_320_bits(known, app):
    """Who reads the database finds neither a code nor the hash of one, of which to try all figures."""
    codes = factors.spare_codes(known)
    seed = factors.FactorAdapter().decrypt(codes.data["seed"])
    assert sorted(codes.data) == ["seed", "used_mask"]
    assert len(bytes.fromhex(seed)) * 8 == 320
    assert len(set(codes.wrap().generate_codes())) == 10


def test_with_a_new_key_the_old_one_still_opens(client, known, app, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a new key of the house"
    login(client)
    client.post(AT_LOGIN, {"code": code_of(SECRET)})
    assert who(client) == str(known.pk)


def test_with_a_lost_key_nothing_opens_and_the_person_is_told_what_to_do(client, known, app, settings):
    settings.SECRET_KEY = "another key"
    login(client)
    page = client.post(AT_LOGIN, {"code": code_of(SECRET)})
    assert "登録の取消しを依頼してください" in page.content.decode()
    client.force_login(known)
    assert client.get(FACTORS).status_code == 200
    assert pages(client.get(CODES, follow=True)) == [FACTORS]


def test_no_email_about_a_factor_is_a_secret(as_, known, app):
    as_(known).post(CODES)
    assert Email.objects.filter(sensitive=True).count() == 0
