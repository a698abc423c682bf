"""Failures told to a Sentry, where one is named (extra "sentry"): where in the program, not of whom or what.

What leaves is listed, not what is held back: an event is made anew of what is known to be ours. Messages of
exceptions and of logs are left out, for what was typed stands in them; the journal on this machine has them.
"""

from typing import Any

import sentry_sdk
from django.conf import settings

# Of a place in the program; its lines are ours.
PLACE = ("module", "function", "lineno", "filename", "in_app", "pre_context", "context_line", "post_context")
OF_THE_EVENT = ("event_id", "timestamp", "platform", "level", "logger", "release", "environment")


def options() -> dict[str, Any]:
    return {
        "dsn": settings.SENTRY_DSN,
        "release": f"dxbukai@{settings.VERSION}",
        "environment": settings.MODE,
        "before_send": stripped,
        "include_local_variables": False,
        "max_request_body_size": "never",
        "max_breadcrumbs": 0,
        # Failures alone: no times of requests, no counts of sessions.
        "traces_sample_rate": None,
        "auto_session_tracking": False,
        "send_client_reports": False,
        "server_name": "",
    }


def start() -> None:
    sentry_sdk.init(**options())


def stripped(event: dict[str, Any], hint: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {name: event[name] for name in OF_THE_EVENT if name in event}
    # The route with its placeholders; a path would name a person's link.
    if event.get("transaction_info", {}).get("source") == "route":
        found["transaction"] = event["transaction"]
    if failures := event.get("exception", {}).get("values"):
        found["exception"] = {"values": [_failure(one) for one in failures]}
    return found


def _failure(told: dict[str, Any]) -> dict[str, Any]:
    frames = (told.get("stacktrace") or {}).get("frames", [])
    places = [{name: frame[name] for name in PLACE if name in frame} for frame in frames]
    return {"type": told.get("type"), "module": told.get("module"), "stacktrace": {"frames": places}}
