"""What ran out goes once a night: sessions with what was typed in them and their devices, and counters."""

from datetime import time
from importlib import import_module

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session

from foundation.http import brakes
from foundation.jobs.models import Job
from foundation.jobs.registry import kind
from foundation.jobs.rules import ClockRule, Daily


@kind("http.clear_sessions")
def clear(_job: Job) -> None:
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    brakes.clear()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()


NIGHTLY = ClockRule("http.clear_sessions", Daily(time(3)))
