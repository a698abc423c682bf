"""Pages that a person opens by a link of their own: no login, and nothing but that person's part of the group."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.actions import Actor, Via
from foundation.http import brakes
from foundation.http.refusals import braked, refused
from foundation.http.views import lost
from members import links
from members.forms.links import CodeForm
from members.models import IntroSheet, Municipality, PersonalLink
from members.states import Purpose
from members.views._sheet import SheetDoor, keep_draft, photo_page, picture, sheet_page, take_photo_away, withdraw

View = Callable[..., HttpResponseBase]
REFUSED_LINK, REFUSED_CODE = _("回答用リンク（無効なもの）"), _("回答用コード（無効なもの）")
GO_ON = brakes.Taken(0, ())

# Who is asked to a meeting is asked to introduce themselves there.
WRITES_SHEET = (Purpose.SHEET, Purpose.MEETING)


class OfLink(HttpRequest):
    """The request of a view behind by_personal_link."""

    link: PersonalLink
    actor: Actor
    # A refusal stands in the audit log in better words than the page's address.
    is_noted: bool
    # As LoggedIn has it.
    town: Municipality | None


def by_personal_link(*purposes: Purpose) -> Callable[[View], View]:
    """Open the page to who holds a link made for one of these: `request.link`, and its person in `request.actor`.

    Forged, damaged and revoked tokens are answered alike, and so are those that were made for something else.
    """

    def opening(view: View) -> View:
        @login_not_required
        @wraps(view)
        def opened(request: OfLink, token: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
            found = links.find_by_token(token)
            link = found if found and found.purpose in purposes else None
            if link is not None:
                request.link, request.actor = link, Actor(link.membership.user, Via.LINK)
            taken = _counted(request, link)
            if taken.wait:
                return braked(request, taken)
            if link is None:
                refused(request, REFUSED_LINK)
                request.is_noted = True
                return render(request, "members/personal/unknown.html", {"typed": lost(request)}, status=404)
            return view(request, *args, **kwargs)

        return opened

    return opening


def _counted(request: HttpRequest, link: PersonalLink | None) -> brakes.Taken:
    """What is sent, for whoever holds the link; with one that opens nothing, from where."""
    if request.method != "POST":
        return GO_ON
    return brakes.take(request, "post_by_link", link=link.pk) if link else brakes.take(request, "post_unknown")


@login_not_required  # for those whose mail gateway strips links
@require_http_methods(["GET", "HEAD", "POST"])
def enter_code(request: HttpRequest) -> HttpResponse:
    """Tries are counted; who only looks, or asks for the head, is none."""
    if request.method == "POST":
        return _try_code(request)
    return render(request, "members/personal/enter_code.html", {"form": CodeForm()})


def _try_code(request: HttpRequest) -> HttpResponse:
    taken = brakes.take(request, "enter_code")
    if taken.wait:
        return braked(request, taken)
    form = CodeForm(request.POST)
    if form.is_valid():
        return redirect(links.path_of(form.link))
    if form.has_error("code", "unknown"):
        refused(request, REFUSED_CODE)
    return render(request, "members/personal/enter_code.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@by_personal_link(*WRITES_SHEET)
def sheet(request: OfLink) -> HttpResponse:
    return sheet_page(
        request, request.link.membership, _door(request, request.path), "members/personal/sheet.html"
    )


@require_POST
@by_personal_link(*WRITES_SHEET)
def save_sheet_draft(request: OfLink) -> HttpResponse:
    return keep_draft(request, request.link.membership)


@require_http_methods(["GET", "HEAD", "POST"])
@by_personal_link(*WRITES_SHEET)
def edit_photo(request: OfLink) -> HttpResponse:
    return photo_page(request, request.link.membership, _door(request), "members/personal/edit_photo.html")


@require_POST
@by_personal_link(*WRITES_SHEET)
def remove_photo(request: OfLink) -> HttpResponse:
    return take_photo_away(request, request.link.membership, _door(request))


@require_safe
@by_personal_link(*WRITES_SHEET)
def own_photo(request: OfLink) -> HttpResponse:
    return picture(IntroSheet.objects.filter(membership=request.link.membership).first())


@require_POST
@by_personal_link(*WRITES_SHEET)
def withdraw_consent(request: OfLink) -> HttpResponse:
    return withdraw(request, request.link.membership, _door(request))


def _door(request: OfLink, here: str = "") -> SheetDoor:
    """`here` is the sheet's page as it was opened: it may be the front page of the link."""
    token = [links.token(request.link)]
    return SheetDoor(
        sheet_url=here or reverse("members:personal_sheet", args=token),
        draft_url=reverse("members:personal_save_sheet_draft", args=token),
        edit_photo_url=reverse("members:personal_edit_photo", args=token),
        remove_photo_url=reverse("members:personal_remove_photo", args=token),
        photo_url=reverse("members:personal_own_photo", args=token),
        withdraw_url=reverse("members:personal_withdraw_consent", args=token),
        front_url=links.path_of(request.link) if request.link.purpose == Purpose.MEETING else "",
    )
