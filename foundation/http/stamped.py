"""Sessions that know since when somebody is logged in, and when they were last here: the store of all sessions.

A session is stamped as it is first stored with a login in it, by whichever way the person came: none is without.
"""

from datetime import datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.contrib.sessions.models import Session
from django.db import models, transaction
from django.db.models.functions import Now

from foundation.db import clock
from foundation.db.prepared import Blank, prepared

BEGAN, SEEN = "began", "seen"
# How often it is noted that somebody is here. More often would write with every page.
NOTED_EVERY = 60


@prepared
def _living() -> "models.QuerySet[Session]":
    return Session.objects.filter(session_key=Blank("key", models.CharField()), expire_date__gt=Now())


class SessionStore(db.SessionStore):
    """Whether one has run out is judged by the database's clock, wherever it was begun."""

    def _get_session_from_db(self) -> AbstractBaseSession | None:
        found = _living().run(key=self.session_key)
        if not found:
            self._session_key = None
        return found[0] if found else None

    def get_expiry_date(self, **kwargs: Any) -> datetime:
        return super().get_expiry_date(**{"modification": clock.now(), **kwargs})

    @classmethod
    def clear_expired(cls) -> None:
        Session.objects.filter(expire_date__lt=Now()).delete()

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        if SESSION_KEY in data:
            now = int(clock.now().timestamp())
            data.setdefault(BEGAN, now)
            data.setdefault(SEEN, now)
        return super().create_model_instance(data)


def age(session: SessionBase) -> float:
    """Seconds since the login; without end where nobody knows."""
    return clock.now().timestamp() - session.get(BEGAN, 0)


def away(session: SessionBase) -> float:
    """Seconds since the person was last here."""
    return clock.now().timestamp() - session.get(SEEN, 0)


def note_presence(session: SessionBase) -> bool:
    """Write down that the person is here, if that was not just done. Says whether it was."""
    if SEEN not in session or away(session) < NOTED_EVERY:
        return False
    if session.modified:
        session[SEEN] = int(clock.now().timestamp())
        return True
    return _noted(session.session_key)


def _noted(key: str | None) -> bool:
    """By itself and at once, so that a slow page does not write back what the session held as the page began."""
    with transaction.atomic():
        row = Session.objects.select_for_update().filter(pk=key).first()
        if row is None:
            # Ended meanwhile from another device.
            return False
        row.session_data = SessionStore().encode(row.get_decoded() | {SEEN: int(clock.now().timestamp())})
        row.save(update_fields=["session_data"])
    return True
