"""The town hall's register, kept by administrators. To everybody else these pages do not exist."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods

from members.login import LoggedIn
from members.policy import can_administrate

View = Callable[..., HttpResponse]

form_page = require_http_methods(["GET", "HEAD", "POST"])


def administrators_only(view: View) -> View:
    @wraps(view)
    def guarded(request: LoggedIn, *args: Any, **kwargs: Any) -> HttpResponse:
        if not can_administrate(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
