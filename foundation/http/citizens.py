"""Pages that anybody may read."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from foundation.ledger.held import is_held

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
GetResponse = Callable[[HttpRequest], HttpResponseBase]


def for_citizens(view: View) -> View:
    """No login; but after a restore, until somebody has looked at what it brought back, none of it (503)."""
    view.for_citizens = True  # type: ignore[attr-defined]
    return login_not_required(view)


class HeldAfterRestore:
    """People of the house read as always: they are the ones who look."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: tuple[Any, ...],
        view_kwargs: dict[str, Any],
    ) -> HttpResponse | None:
        if not getattr(view_func, "for_citizens", False) or not is_held() or request.user.is_authenticated:
            return None
        response = render(request, "http/held.html", status=503)
        response["Retry-After"], response["Cache-Control"] = "3600", "no-store"
        return response
