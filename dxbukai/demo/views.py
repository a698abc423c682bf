"""Step into a person of the demo town with one press. Exists in demo mode only, which serves loopback only."""

from collections.abc import Callable
from functools import wraps
from ipaddress import ip_address
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from dxbukai.demo.cast import CAST, NOW, Role
from dxbukai.demo.seed import lists
from members import links
from members.models import PersonalLink, User
from members.states import Purpose

View = Callable[..., HttpResponse]


def from_here_only(view: View) -> View:
    """Whoever steps in needs no password, so nobody on the network does, wherever the demo is served."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if settings.MODE != "demo" or not ip_address(request.META["REMOTE_ADDR"]).is_loopback:
            raise Http404
        return view(request, *args, **kwargs)

    return opened


@login_not_required  # the demo's front door
@from_here_only
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    return render(request, "demo/people.html", {"cast": [(role, door_of(role)) for role in CAST.values()]})


@login_not_required  # a file for whoever tries the upload
@require_safe
def sample(request: HttpRequest) -> HttpResponse:
    """A section's list as Excel saved it, with the dirt that real lists have."""
    response = HttpResponse(lists.TOILETS_WITH_DIRT.replace("\n", "\r\n").encode("cp932"), content_type="text/csv")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename="公衆トイレ一覧.csv")
    return response


@login_not_required  # the demo's front door
@from_here_only
@require_POST
def step_in(request: HttpRequest, name: str) -> HttpResponse:
    if name not in CAST:
        raise Http404
    user = get_object_or_404(User, email=CAST[name].email)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    UserSession.objects.create_from_request(request)
    return redirect("home")


def door_of(role: Role) -> str | None:
    """The personal link that this role would have got by mail, or None."""
    link = PersonalLink.objects.filter(
        membership__group__slug=NOW, membership__user__email=role.email, purpose=Purpose.MEETING
    ).first()
    return links.path_of(link) if link else None
