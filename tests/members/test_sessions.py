"""How long a login lasts, from which devices one is logged in, and who ends that."""

import time
from datetime import timedelta

import psycopg2
import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, OperationalError, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.actions import Actor
from foundation.audit.models import Event
from foundation.http import sessions as nightly
from foundation.http.stamped import BEGAN, SEEN
from foundation.jobs.models import Job
from members import sessions
from members.actions import sessions as actions
from members.models import IntroSheet
from tests import builders
from tests.members.logins import PASSWORD, login, long_ago, pages, who
from tests.members.test_member_pages import typed

SESSIONS = reverse("members:sessions")
ENDED = "しばらく操作がなかったか、長い時間がたったため、ログインを終了しました。"
MINUTES = {"abe": 30, "suzuki": 60, "sato": 12 * 60, "kimura": 12 * 60, "tanaka": 12 * 60}


# How long


# ASVS V7.1.1, V7.3.1
@pytest.mark.parametrize(("name", "minutes"), MINUTES.items())
def test_who_was_away_too_long_is_nobody_any_more(as_, request, name, minutes):
    client = as_(request.getfixturevalue(name))
    long_ago(client, minutes=minutes - 1, stamp=SEEN)
    assert client.get("/data/mine/").status_code == 200
    long_ago(client, minutes=minutes + 1, stamp=SEEN)
    key = client.session.session_key
    page = client.get("/data/mine/", follow=True)
    assert pages(page) == ["/accounts/login/?next=/data/mine/"]
    assert ENDED in page.content.decode()
    assert not Session.objects.filter(pk=key).exists()


def test_who_is_both_is_asked_for_the_stricter(as_, suzuki):
    suzuki.is_administrator = True
    suzuki.save()
    client = as_(suzuki)
    long_ago(client, minutes=31, stamp=SEEN)
    assert client.get("/data/mine/").status_code == 302


# ASVS V7.3.2
def test_a_login_ends_after_twelve_hours_however_busy_one_is(as_, sato):
    client = as_(sato)
    long_ago(client, minutes=12 * 60 - 1)
    assert client.get("/data/mine/").status_code == 200
    long_ago(client, minutes=12 * 60 + 1)
    assert client.get("/data/mine/").status_code == 302
    assert who(client) is None


def test_a_session_of_which_nobody_knows_since_when_it_runs_is_over(as_, sato):
    client = as_(sato)
    session = client.session
    Session.objects.filter(pk=session.session_key).update(
        session_data=session.encode({name: value for name, value in session.items() if name not in {BEGAN, SEEN}})
    )
    assert client.get("/data/mine/").status_code == 302


def test_being_here_is_noted_once_in_a_minute(as_, sato):
    client = as_(sato)
    before = client.session[SEEN]
    client.get("/data/mine/")
    assert client.session[SEEN] == before
    long_ago(client, minutes=5, stamp=SEEN)
    client.get("/data/mine/")
    assert time.time() - client.session[SEEN] < 5
    assert UserSession.objects.filter(user=sato, session_key=client.session.session_key).exists()


def test_a_page_that_looks_again_by_itself_is_nobody_who_is_here(as_, sato):
    client = as_(sato)
    long_ago(client, minutes=5, stamp=SEEN)
    client.get("/data/mine/", headers={"X-Requested-With": "refresh"})
    assert time.time() - client.session[SEEN] > 200


def test_a_page_for_everybody_asks_for_no_session(as_, sato, django_assert_num_queries):
    client = as_(sato)
    with django_assert_num_queries(0):
        client.get("/healthz")


# ASVS V7.3.1
def test_what_was_typed_while_one_was_away_is_sent_after_the_next_login(client, known, group):
    login(client)
    long_ago(client, minutes=12 * 60 + 1, stamp=SEEN)
    address = reverse("members:edit_sheet", args=[group.slug])
    asked = client.post(address, {"wants": "窓口の待ち時間を\n半分にしたい", "seen": "0"}, follow=True)
    assert pages(asked) == ["/accounts/login/?next=/send-again/"]
    page = client.post(pages(asked)[0], {"login": known.email, "password": PASSWORD}, follow=True)
    assert pages(page) == ["/send-again/"]
    assert "窓口の待ち時間を\n半分にしたい" in page.content.decode().replace("\r\n", "\n")


def test_what_was_typed_is_not_for_whoever_logs_in_next_at_the_same_computer(client, known, tanaka, group):
    tanaka.set_password(PASSWORD)
    tanaka.save()
    login(client)
    long_ago(client, minutes=12 * 60 + 1, stamp=SEEN)
    client.post(reverse("members:edit_sheet", args=[group.slug]), {"wants": "人に見せない話"})
    page = client.post(
        "/accounts/login/?next=/send-again/", {"login": tanaka.email, "password": PASSWORD}, follow=True
    )
    assert pages(page) == ["/send-again/", "/"]
    long_ago(client, minutes=11)
    own = client.post(reverse("members:end_other_sessions"), {"text": "自分の話"})
    assert own.url == f"{reverse('account_reauthenticate')}?next=%2Fsend-again%2F"
    shown = client.get("/send-again/").content.decode()
    assert ("自分の話" in shown, "人に見せない話" in shown) == (True, False)


# From where


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0 Safari/537.36 Edg/130.0", "WindowsのEdge"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0 Safari/537.36", "WindowsのChrome"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "iPhoneのSafari"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/130.0 Mobile Safari/537.36", "AndroidのChrome"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14.7; rv:131.0) Firefox/131.0", "MacのFirefox"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:131.0)", "Linux"),
        ("curl/8", "種類の分からない端末"),
        ("", "種類の分からない端末"),
    ],
)
def test_a_device_is_called_as_people_call_it(user_agent, words):
    assert sessions.device(user_agent) == words


@pytest.fixture
def phone(known):
    return builders.make_session(user=known, user_agent="Mozilla/5.0 (iPhone) Safari/604.1")


@pytest.fixture
def desktop(client, known):
    login(client)
    return client


# ASVS V7.5.2
def test_one_sees_ones_own_devices_and_nobody_elses(desktop, phone, tanaka):
    builders.make_session(user=tanaka, user_agent="Mozilla/5.0 (iPad) Safari/604.1")
    rows = desktop.get(SESSIONS).context["rows"]
    assert [(row["device"], row["is_this"]) for row in rows] == [
        ("iPhoneのSafari", False),
        ("種類の分からない端末", True),
    ]


def test_a_session_that_is_over_is_none_of_ones_devices(desktop, phone):
    Session.objects.filter(pk=phone.session_key).delete()
    assert [row["is_this"] for row in desktop.get(SESSIONS).context["rows"]] == [True]


@pytest.mark.parametrize(
    ("name", "column", "hours"),
    [("sato", "created_at", 13), ("sato", "last_seen_at", 13), ("abe", "last_seen_at", 1)],
)
def test_a_session_that_will_be_over_with_its_next_page_is_none_either(as_, request, name, column, hours):
    person = request.getfixturevalue(name)
    known = builders.make_session(user=person)
    client = as_(person)
    assert [row["row"] for row in client.get(SESSIONS).context["rows"]] == [known]
    UserSession.objects.update(**{column: timezone.now() - timedelta(hours=hours)})
    assert client.get(SESSIONS).context["rows"] == []


# ASVS V7.5.2
def test_one_device_is_logged_out_at_once(desktop, known, phone):
    other = Client()
    other.cookies["sessionid"] = phone.session_key
    assert other.get("/data/mine/").status_code == 200

    page = desktop.post(reverse("members:end_session", args=[phone.pk]), follow=True)
    assert "iPhoneのSafariのログインを終了しました。" in page.content.decode()
    assert other.get("/data/mine/").status_code == 302
    assert Event.objects.get(action="members.end_session").changes == {"device": "iPhoneのSafari"}


def test_all_other_devices_are_logged_out_and_this_one_stays(desktop, known, phone):
    page = desktop.post(reverse("members:end_other_sessions"), follow=True)
    assert "他の1台のログインを終了しました。" in page.content.decode()
    assert list(UserSession.objects.values_list("session_key", flat=True)) == [desktop.session.session_key]
    again = desktop.post(reverse("members:end_other_sessions"), follow=True)
    assert "他にログイン中の端末はありません。" in again.content.decode()


def test_nobody_ends_the_session_of_another(as_, tanaka, phone):
    assert as_(tanaka).post(reverse("members:end_session", args=[phone.pk])).status_code == 404
    as_(tanaka).post(reverse("members:end_other_sessions"))
    assert UserSession.objects.filter(pk=phone.pk).exists()


# ASVS V7.4.3
def test_a_new_password_logs_out_the_other_devices(desktop, phone):
    new = {"password1": "川沿いの道を自転車で走る", "password2": "川沿いの道を自転車で走る"}
    desktop.post(reverse("account_change_password"), {"oldpassword": PASSWORD, **new})
    assert not Session.objects.filter(pk=phone.session_key).exists()
    assert [row["is_this"] for row in desktop.get(SESSIONS).context["rows"]] == [True]


# ASVS V7.4.3
def test_a_change_of_factors_logs_out_the_other_devices(desktop, known, phone):
    app = builders.make_app(user=known)
    desktop.post(reverse("members:remove_factor", args=[app.pk]))
    assert not Session.objects.filter(pk=phone.session_key).exists()
    assert desktop.get(SESSIONS).status_code == 200


# ASVS V7.4.5
def test_an_administrator_logs_a_person_out_everywhere(as_, abe, known, phone):
    office = as_(abe)
    page = office.post(reverse("members:end_sessions", args=[known.pk]))
    assert page.url == reverse("members:edit_person", args=[known.pk])
    assert not Session.objects.filter(pk=phone.session_key).exists()
    event = Event.objects.get(action="members.end_sessions")
    assert (event.by, event.target_id, event.changes) == (abe, known.pk, {"ended": 1})


def test_nobody_else_does(suzuki, known, phone):
    with pytest.raises(PermissionDenied, match="システム管理者だけ"):
        actions.end_sessions(person=known, by=Actor(suzuki))
    assert UserSession.objects.filter(pk=phone.pk).exists()


# ASVS V7.4.2
def test_with_the_account_its_sessions_end(as_, abe, known, phone):
    form = as_(abe).get(reverse("members:edit_person", args=[known.pk])).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields if name != "is_active"}
    as_(abe).post(
        reverse("members:edit_person", args=[known.pk]),
        {name: value for name, value in sent.items() if value not in {False, ""}},
    )
    known.refresh_from_db()
    assert (known.is_active, UserSession.objects.filter(user=known).count()) == (False, 0)
    assert not Session.objects.filter(pk=phone.session_key).exists()


def test_at_night_the_list_forgets_what_is_over(desktop, phone):
    Session.objects.filter(pk=phone.session_key).delete()
    nightly.clear.handle(Job())
    assert list(UserSession.objects.values_list("session_key", flat=True)) == [desktop.session.session_key]


@pytest.mark.parametrize("error", [OperationalError, DatabaseError])
def test_what_was_done_is_acknowledged_though_nobody_could_note_that_one_is_here(error, as_, sato, group):
    """The database may go away just then; who is told to send it again would do it twice."""
    client = as_(sato)
    client.raise_request_exception = False
    long_ago(client, minutes=5, stamp=SEEN)

    def away(execute, sql, *rest):
        if sql.startswith('UPDATE "django_session"'):
            raise error("the connection was closed") from psycopg2.DatabaseError()
        return execute(sql, *rest)

    with connection.execute_wrapper(away):
        answer = client.post(reverse("members:edit_sheet", args=[group.slug]), typed())
    assert answer.status_code == 302
    assert IntroSheet.objects.get().wants == "窓口の待ち時間を減らしたい"
