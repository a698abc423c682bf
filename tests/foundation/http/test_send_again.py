"""Nothing that somebody typed is lost: not to a token that no longer fits, nor to a login that ran out,
nor to a database that is away."""

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from foundation.http.typed import Typed

TYPED = {"opinion": "窓口が暗い。\r\n夕方は特に。", "mode": "venue", "themes": ["a", "b"]}
OURS = {"Origin": "http://testserver"}


@pytest.fixture
def browser():
    """Checks the token of a form, as the real thing does, and gets a page where something broke."""
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


def press_send_again(browser, response):
    """Send the form that the page shows, as a browser would."""
    page = response.content.decode()
    pairs = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page)
    data = {}
    for name, value in pairs:
        data.setdefault(unescape(name), []).append(unescape(value))
    action = unescape(re.search(r'<form class="dads-form" method="post" action="([^"]*)"', page)[1])
    return browser.post(action, data, headers=OURS)


def arrived(response):
    post = response.json()["post"]
    return {name: value for name, value in post.items() if name != "csrfmiddlewaretoken"}


ALL_OF_IT = {"opinion": ["窓口が暗い。\r\n夕方は特に。"], "mode": ["venue"], "themes": ["a", "b"]}


# A token that does not fit any more


def test_after_a_login_in_another_tab_the_form_is_sent_with_one_more_press(browser, sato):
    browser.force_login(sato)
    shown = browser.post("/for-members/?step=2", TYPED, headers=OURS)

    assert shown.status_code == 403
    assert "窓口が暗い。\r\n夕方は特に。</pre>" in shown.content.decode()
    assert arrived(press_send_again(browser, shown)) == ALL_OF_IT


# ASVS V3.5.1
def test_a_form_of_a_foreign_page_is_neither_kept_nor_given_a_token(browser, sato):
    browser.force_login(sato)
    for headers in ({"Origin": "https://elsewhere.example"}, {"Origin": "null"}, {}):
        page = browser.post("/for-members/", TYPED, headers=headers)
        assert page.status_code == 403
        assert "csrfmiddlewaretoken" not in page.content.decode().partition("<main")[2]
        assert "窓口が暗い" not in page.content.decode()


def test_a_password_is_never_shown_again(browser):
    page = browser.post("/echo/", {"email": "sato@example.jp", "password": "かなり長い合言葉"}, headers=OURS)

    assert "かなり長い合言葉" not in page.content.decode()
    assert "パスワードは引き継ぎません" in page.content.decode()


def test_a_file_is_asked_for_again_by_name(browser):
    file = SimpleUploadedFile("公衆トイレ.csv", b"a,b")
    page = browser.post("/echo/", {"file": file, "note": "第3版"}, headers=OURS).content.decode()

    assert "「公衆トイレ.csv」をもう一度選んでください" in page
    assert 'enctype="multipart/form-data"' in page
    assert '<input class="dads-file" type="file" id="file-1" name="file">' in page


def test_a_person_wrote_what_is_no_word_of_a_machine():
    fields = [("mode", "venue"), ("name", "OpenData"), ("note", "two words"), ("opinion", "駅")]
    assert Typed("/echo/", fields, [], complete=True).sentences == ["two words", "駅"]


def test_typed_markup_is_text(browser):
    page = browser.post("/echo/", {"a": '"><script>alert(1)</script> '}, headers=OURS).content.decode()

    assert "<script>alert" not in page


def test_what_was_sent_to_a_page_that_is_gone_stands_on_the_page_that_says_so(browser):
    sent, opened = browser.post("/gone/", TYPED, headers=OURS), browser.get("/gone/")

    assert (sent.status_code, opened.status_code) == (404, 404)
    assert "窓口が暗い。\r\n夕方は特に。</pre>" in sent.content.decode()
    assert "<pre" not in opened.content.decode()


# A login that ran out


@pytest.fixture
def expired(client, sato):
    """Sato typed for longer than the session lives, then pressed the button."""
    client.force_login(sato)
    client.session.flush()
    return client.post("/for-members/?step=2", TYPED)


def test_a_form_sent_after_the_login_ran_out_waits_for_the_next_login(client, expired, sato, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # fast
    sato.set_password("とても長い合言葉です")
    sato.save()
    login = {"login": "sato@example.jp", "password": "とても長い合言葉です"}
    shown = client.post(expired.url, login, follow=True)

    assert [url for url, _status in shown.redirect_chain] == [reverse("kept")]
    assert arrived(press_send_again(client, shown)) == ALL_OF_IT


def test_what_was_sent_again_is_not_kept_any_longer(client, expired, sato):
    client.force_login(sato)
    press_send_again(client, client.get(reverse("kept")))

    assert client.get(reverse("kept")).url == reverse("home")


def test_what_waits_goes_on_waiting_where_its_page_is_only_opened(client, expired, sato):
    client.force_login(sato)
    assert client.get("/for-members/?step=2").status_code == 200

    assert arrived(press_send_again(client, client.get(reverse("kept")))) == ALL_OF_IT


def test_the_login_leads_to_the_text_that_waits(expired):
    assert expired.status_code == 302
    assert expired.url == f"{reverse('account_login')}?next={reverse('kept')}"


def test_the_login_page_says_that_the_text_is_kept(client, expired):
    (message,) = expired.wsgi_request._messages
    assert str(message) == (
        "ログインが終了しているため、ログインし直してください。"
        "入力した内容は保存してあります。ログイン後に送信できます。"
    )


def test_a_draft_that_a_script_saves_is_not_kept_twice(client):
    answer = client.post("/for-members/", TYPED, headers={"X-Requested-With": "autosave"})

    assert answer.url == f"{reverse('account_login')}?next=/for-members/"
    assert "sessionid" not in client.cookies


def test_more_than_a_session_should_hold_is_shown_at_once(client):
    page = client.post("/for-members/", {"text": "長い文 " * 30_000})

    assert page.status_code == 403
    assert page.content.decode().count("長い文 ") >= 30_000
    assert "sessionid" not in client.cookies


def test_a_page_that_was_only_to_be_read_is_asked_for_after_the_login(client):
    assert client.get("/for-members/").url == f"{reverse('account_login')}?next=/for-members/"
    assert "sessionid" not in client.cookies


# A database that is away


# ASVS V16.5.1, V16.5.2
def test_a_page_of_a_database_that_is_away_says_when_to_come_back(browser):
    page = browser.get("/away/")

    assert (page.status_code, page["Retry-After"], page["Cache-Control"]) == (503, "30", "no-store")
    assert "ただいま利用できません" in page.content.decode()
    assert "shutting down" not in page.content.decode()


# ASVS V16.5.2
def test_a_form_survives_a_database_that_is_away(browser):
    token = browser.get("/with-form/").content.decode().partition('value="')[2][:64]
    shown = browser.post("/away/", TYPED | {"csrfmiddlewaretoken": token}, headers=OURS)

    assert (shown.status_code, shown["Retry-After"]) == (503, "30")
    again = press_send_again(browser, shown)
    assert again.status_code == 503
    assert "窓口が暗い。\r\n夕方は特に。</pre>" in again.content.decode()


def test_a_database_that_the_session_cannot_reach_is_noticed_too(sato, database_away):
    """Before any view: in the middleware that asks who somebody is."""
    browser = Client(raise_request_exception=False)
    browser.force_login(sato)
    with database_away():
        shown = browser.post("/for-members/", TYPED)

    assert shown.status_code == 503
    assert "窓口が暗い。\r\n夕方は特に。</pre>" in shown.content.decode()


# ASVS V16.3.4, V16.5.1
def test_what_is_our_fault_is_a_500_with_a_sentence(browser, caplog):
    """What broke stands in the log, and not on the page."""
    page = browser.get("/broken/")

    assert page.status_code == 500
    assert "処理できませんでした" in page.content.decode()
    assert [
        word for word in ("of the inside", "ZeroDivisionError", "Traceback") if word in page.content.decode()
    ] == []
    assert [(record.name, record.levelname, str(record.exc_info[1])) for record in caplog.records] == [
        ("django.request", "ERROR", "of the inside")
    ]


def test_a_script_without_a_login_takes_nothing_away_that_waits(client, expired, sato):
    """The page is still open in another tab, and saves its draft every minute."""
    client.post("/for-members/?step=2", TYPED, headers={"X-Requested-With": "autosave"})
    client.force_login(sato)
    assert Typed.kept(client.session) is not None
