"""Sessions that ran out, with what was typed in them, and counters whose time is over go once a night."""

from datetime import time
from importlib import import_module

from django.conf import settings

from foundation.http import brakes
from foundation.jobs.models import Job
from foundation.jobs.registry import kind
from foundation.jobs.rules import ClockRule, Daily


@kind("http.clear_sessions")
def clear(_job: Job) -> None:
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    brakes.clear()


NIGHTLY = ClockRule("http.clear_sessions", Daily(time(3)))
