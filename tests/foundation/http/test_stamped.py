"""A session knows since when somebody is logged in, and when they were last here."""

import time

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db.models.functions import Now

from foundation.http.stamped import BEGAN, SEEN, SessionStore, note_presence

pytestmark = pytest.mark.django_db


def stored(**values):
    store = SessionStore()
    store.update(values)
    store.save()
    return SessionStore(store.session_key)


def test_whoever_is_logged_in_by_whichever_way_is_stamped():
    session = stored(**{SESSION_KEY: "1"})
    assert (session[BEGAN], session[SEEN]) == (pytest.approx(time.time(), abs=5), session[BEGAN])


def test_stamps_stay_when_the_session_is_stored_again():
    session = stored(**{SESSION_KEY: "1", BEGAN: 1, SEEN: 2})
    session["more"] = True
    session.save()
    assert (session[BEGAN], session[SEEN]) == (1, 2)


def test_nobody_is_stamped_who_is_not_logged_in():
    session = stored(text="x")
    assert (BEGAN in session, SEEN in session, note_presence(session)) == (False, False, False)


@pytest.mark.parametrize(("seconds", "noted"), [(30, False), (90, True)])
def test_presence_is_noted_once_in_a_minute(seconds, noted):
    session = stored(**{SESSION_KEY: "1", SEEN: int(time.time()) - seconds})
    assert note_presence(session) is noted
    now = SessionStore(session.session_key)[SEEN]
    assert (time.time() - now < 5) is noted


def test_what_another_page_stored_meanwhile_stays():
    session = stored(**{SESSION_KEY: "1", SEEN: 1, "text": "before"})
    assert session["text"] == "before"
    other = SessionStore(session.session_key)
    other["text"] = "after"
    other.save()
    assert note_presence(session)
    assert SessionStore(session.session_key)["text"] == "after"


def test_a_page_that_stores_something_itself_notes_it_with_that():
    session = stored(**{SESSION_KEY: "1", SEEN: 1})
    session["text"] = "new"
    assert note_presence(session)
    assert time.time() - session[SEEN] < 5
    assert SessionStore(session.session_key)[SEEN] == 1


def test_a_session_that_was_ended_meanwhile_stays_ended():
    session = stored(**{SESSION_KEY: "1", SEEN: 1})
    assert session[SEEN] == 1
    Session.objects.all().delete()
    assert note_presence(session) is False
    assert not Session.objects.exists()


def test_what_ran_out_opens_nothing_and_is_cleared_at_night():
    over, lasting = stored(text="over"), stored(text="lasting")
    Session.objects.filter(pk=over.session_key).update(expire_date=Now())
    assert (SessionStore(over.session_key).load(), lasting.load()) == ({}, {"text": "lasting"})
    SessionStore.clear_expired()
    assert [session.pk for session in Session.objects.all()] == [lasting.session_key]
