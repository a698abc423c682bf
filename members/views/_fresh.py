"""Before a sensitive action a person shows again who they are: `@fresh`, or `ask_again` where it depends."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core.exceptions import ReauthenticationRequired
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from foundation.actions import Actor
from members import sessions
from members.actions import sessions as session_actions

View = Callable[..., HttpResponseBase]


def ask_again(request: HttpRequest) -> None:
    """Leads there and back, unless it was just done (members.gate.AskAgain)."""
    if not sessions.is_fresh(request.session):
        raise ReauthenticationRequired


def fresh(view: View) -> Callable[..., Any]:
    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        ask_again(request)
        return view(request, *args, **kwargs)

    return asked


def asking(view: View) -> Callable[..., Any]:
    """A page where a person shows it: once they have, they go on with a new key, and the trail tells of it."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        before = sessions.times_asked(request.session)
        response = view(request, *args, **kwargs)
        if sessions.times_asked(request.session) > before:
            sessions.note_asked(request.session)
            session_actions.show_again(by=Actor.of(request))
            sessions.renew_key(request)
        return response

    return answered
