"""Pages that a person opens by a link of their own: no login, and nothing but that person's part of the group."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.decorators import rate_limit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from foundation.actions import Actor, Via
from members import links
from members.forms.links import CodeForm
from members.models import PersonalLink
from members.states import Purpose
from members.views._sheet import keep_draft, sheet_page

View = Callable[..., HttpResponse]

# Who is asked to a meeting is asked to introduce themselves there.
WRITES_SHEET = (Purpose.SHEET, Purpose.MEETING)


class OfLink(HttpRequest):
    """The request of a view behind by_personal_link."""

    link: PersonalLink
    actor: Actor


def by_personal_link(*purposes: Purpose) -> Callable[[View], View]:
    """Open the page to who holds a link made for one of these: `request.link`, and its person in `request.actor`.

    Forged, damaged and revoked tokens are answered alike, and so are those that were made for something else.
    """

    def opening(view: View) -> View:
        @login_not_required
        @wraps(view)
        def opened(request: OfLink, token: str, *args: Any, **kwargs: Any) -> HttpResponse:
            link = links.find_by_token(token)
            if link is None or link.purpose not in purposes:
                return render(request, "members/personal/unknown.html", status=404)
            request.link, request.actor = link, Actor(link.membership.user, Via.LINK)
            return view(request, *args, **kwargs)

        return opened

    return opening


@login_not_required  # for those whose mail gateway strips links
@require_http_methods(["GET", "HEAD", "POST"])
def enter_code(request: HttpRequest) -> HttpResponse:
    """Tries are counted; who only looks, or asks for the head, is none."""
    if request.method == "POST":
        return _try_code(request)
    return render(request, "members/personal/enter_code.html", {"form": CodeForm()})


@rate_limit(action="enter_code")
def _try_code(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.POST)
    if form.is_valid():
        return redirect(links.path_of(form.link))
    return render(request, "members/personal/enter_code.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@by_personal_link(*WRITES_SHEET)
def sheet(request: OfLink) -> HttpResponse:
    return sheet_page(
        request,
        request.link.membership,
        template="members/personal/sheet.html",
        here=request.path,
        draft_url=reverse("members:personal_save_sheet_draft", args=[links.token(request.link)]),
    )


@require_POST
@by_personal_link(*WRITES_SHEET)
def save_sheet_draft(request: OfLink) -> HttpResponse:
    return keep_draft(request, request.link.membership)
