import errno
import sys

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from foundation.db.away import is_away
from foundation.files.storage import StoreAway
from foundation.http import health
from foundation.http.typed import Typed

# PostgreSQL's word for it.
DISK_FULL = "53100"

# Sending again


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The token does not fit any more, mostly after a login in another tab: show what was typed, send again.

    A foreign page could make a visitor's browser post a text of its own; to hand that text a fresh token would
    undo the protection. So only what our own pages sent, by the browser's word, gets one.
    """
    if request.headers.get("Origin") != f"{request.scheme}://{request.get_host()}":
        return render(request, "403.html", status=403)
    return resend_page(request, Typed.of(request), status=403)


def resend_page(request: HttpRequest, typed: Typed, *, status: int) -> HttpResponse:
    return render(request, "http/resend.html", {"typed": typed}, status=status)


@require_safe
def kept(request: HttpRequest) -> HttpResponse:
    """After logging in again: the text that waited."""
    typed = Typed.waiting(request)
    if typed is None:
        return redirect(settings.LOGIN_REDIRECT_URL)
    return resend_page(request, typed, status=200)


# What is not there, or not any more


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The root's handler404. Who has lost a right while typing finds the text on the page, and nothing else."""
    return render(request, "404.html", {"typed": lost(request)}, status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The root's handler403."""
    return render(request, "403.html", {"typed": lost(request)}, status=403)


def lost(request: HttpRequest) -> Typed | None:
    return Typed.of(request) if request.method == "POST" else None


# When something broke


def server_error(request: HttpRequest) -> HttpResponse:
    """The root's handler500. Called while the exception is handled, wherever in the request it arose:

    a middleware could not see those of other middlewares, and it is the session's that meets an absent
    database first.
    """
    error = sys.exception()
    if is_full(error):
        return HttpResponse(render_to_string("507.html"), status=507, headers={"Cache-Control": "no-store"})
    if is_away(error):
        return database_away(request)
    if isinstance(error, StoreAway):
        return away(render_to_string("503.html"))
    return HttpResponse(render_to_string("500.html"), status=500)


def is_full(error: BaseException | None) -> bool:
    """Whether a disk is full, the database's or the one where files lie."""
    if isinstance(error, OSError):
        return error.errno in {errno.ENOSPC, errno.EDQUOT}
    return isinstance(error, OperationalError) and getattr(error.__cause__, "pgcode", "") == DISK_FULL


def database_away(request: HttpRequest) -> HttpResponse:
    """Rendered without the request's context processors: they might ask the database."""
    if request.method == "POST":
        typed = Typed.of(request)
        page = render_to_string("http/database_away.html", {"typed": typed, "csrf_token": get_token(request)})
        return away(page)
    return away(render_to_string("503.html"))


def away(page: str) -> HttpResponse:
    return HttpResponse(page, status=503, headers={"Retry-After": "30", "Cache-Control": "no-store"})


# For machines that watch


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")


@login_not_required
@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    found = health.look()
    return JsonResponse(found, status=200 if found["ready"] else 503)


@login_not_required
@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """There only where the extra is asked for; nginx lets nobody ask but this machine (deploy/nginx.conf)."""
    from foundation.http.metrics import figures

    text, kind = figures()
    return HttpResponse(text, content_type=kind)
