"""What was refused: told to the visitor in words with all that was typed, and to the audit log with who asked."""

from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from foundation.audit.actor import Actor
from foundation.audit.log import note_refusal
from foundation.http import PERSONAL_PATH, brakes
from foundation.http.brakes import Taken, address_of
from foundation.http.logs import mask
from foundation.http.typed import Typed

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

GetResponse = Callable[[HttpRequest], HttpResponseBase]
View = Callable[..., HttpResponseBase]
REFUSALS = {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}


def braked(request: HttpRequest, taken: Taken) -> HttpResponse:
    """Nothing was done; the same can be sent again when the time is over."""
    context = {"typed": Typed.of(request), "minutes": taken.minutes}
    response = render(request, "http/braked.html", context, status=HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = str(taken.wait)
    return response


def refused(request: HttpRequest, what: "StrOrPromise", *, once: str = "") -> None:
    """By the person of the link or of the login, or by nobody known from that address."""
    note_refusal(
        by=Actor.asking(request), action="audit.refuse", label=str(what), once=once, source=address_of(request)
    )


class NoteRefusals:
    """A page answers alike whether something is not there or not theirs; the audit log knows who asked."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        match = request.resolver_match
        if response.status_code in REFUSALS and match and not getattr(request, "is_noted", False):
            # Of a stranger one of each kind of page, so that a crawl is few rows.
            once = "" if Actor.asking(request).user else match.route
            refused(request, f"{request.method} {mask(request.path)}", once=once)
        return response


class NameSenders:
    """A file knows who sent it: a form that refuses one has no request at hand."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        for name in request.FILES:
            for file in request.FILES.getlist(name):
                # Asked later, when the person of a personal link is known.
                file.sender = lambda: (Actor.asking(request), address_of(request))  # type: ignore[attr-defined]
        return None


class BrakePosts:
    """Whatever is sent is counted: for whom, or from where. By personal link it is, where the link is known."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if request.method != "POST" or request.path.startswith(PERSONAL_PATH):
            return None
        if not request.user.is_authenticated:
            names, who = ["post_unknown"], {}
        else:
            names, who = ["post", *(["upload"] if request.FILES else [])], {"person": request.user.pk}
        for name in names:
            taken = brakes.take(request, name, **who)
            if taken.wait:
                return braked(request, taken)
        return None
