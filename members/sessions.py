"""Sessions of a person: how long one may be away, from which devices one is logged in, and ending that."""

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from foundation.db import clock
from foundation.http import stamped
from members.models import User

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# The first that is found is it: each names those before it as well.
BROWSERS = {
    r"Edg(?:e|A|iOS)?/": "Edge",
    r"OPR/|Opera": "Opera",
    r"Firefox/|FxiOS/": "Firefox",
    r"Chrome/|CriOS/": "Chrome",
    r"Safari/": "Safari",
}
SYSTEMS = {
    r"iPhone": "iPhone",
    r"iPad": "iPad",
    r"Android": "Android",
    r"Windows": "Windows",
    r"Mac OS X|Macintosh": "Mac",
    r"CrOS": "Chromebook",
    r"Linux": "Linux",
}


def may_be_away(user: User) -> int:
    """Seconds after which the session of somebody who did nothing is over: the strictest of what they are."""
    limits = [settings.SESSION_COOKIE_AGE]
    if user.is_administrator:
        limits.append(settings.IDLE_ADMINISTRATOR)
    if getattr(user, "desk_slug", None):
        limits.append(settings.IDLE_DESK)
    return min(limits)


def is_over(session: SessionBase, user: User) -> bool:
    return stamped.age(session) > settings.SESSION_COOKIE_AGE or stamped.away(session) > may_be_away(user)


def is_fresh(session: SessionBase) -> bool:
    """Whether the person has shown a moment ago who they are: at the login, or when asked again."""
    again = [clock.now().timestamp() - record["at"] for record in _asked(session)]
    return min([stamped.age(session), *again]) < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def note_asked(session: SessionBase) -> None:
    """The library has noted it by the clock of this host."""
    _asked(session)[-1]["at"] = clock.now().timestamp()
    session.modified = True


def times_asked(session: SessionBase) -> int:
    """How often the person has shown it since the login."""
    return len(_asked(session))


def _asked(session: SessionBase) -> list[dict[str, Any]]:
    records = session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    return [record for record in records if record.get("reauthenticated")]


# Those of a person


def of(user: User) -> QuerySet[UserSession]:
    """The living ones, the last used first. `user` as the backend loads them: with the desk they run."""
    now = clock.now()
    return UserSession.objects.filter(
        user_id=user.pk,
        session_key__in=Session.objects.filter(expire_date__gt=now).values("session_key"),
        created_at__gt=now - timedelta(seconds=settings.SESSION_COOKIE_AGE),
        last_seen_at__gt=now - timedelta(seconds=may_be_away(user) + stamped.NOTED_EVERY),
    ).order_by("-last_seen_at", "-pk")


def end(sessions: QuerySet[UserSession]) -> int:
    """From now on their cookies open nothing."""
    keys = list(sessions.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(session_key__in=keys).delete()
    return len(keys)


def end_all(user: User, *, but: str | None = None) -> int:
    """Every session of theirs, the one of this key excepted."""
    return end(UserSession.objects.filter(user_id=user.pk).exclude(session_key=but or ""))


def note_presence(request: HttpRequest) -> None:
    """Once in a minute: for the limit above, and for the person's own list."""
    if not stamped.note_presence(request.session):
        return
    known = UserSession.objects.filter(session_key=request.session.session_key)
    if not known.update(last_seen_at=clock.now()):
        UserSession.objects.create_from_request(request)


def renew_key(request: HttpRequest) -> None:
    """Who has shown anew who they are goes on under another key; whoever knew the old one does not."""
    before = request.session.session_key
    request.session.cycle_key()
    UserSession.objects.filter(session_key=before).update(session_key=request.session.session_key)


def device(user_agent: str) -> "StrOrPromise":
    """Windows の Chrome: as much of it as a person recognizes."""
    browser = next((name for sign, name in BROWSERS.items() if re.search(sign, user_agent)), "")
    system = next((name for sign, name in SYSTEMS.items() if re.search(sign, user_agent)), "")
    if browser and system:
        return _("%(system)sの%(browser)s") % {"system": system, "browser": browser}
    return browser or system or _("種類の分からない端末")
