"""What has become of everything that was written to the people of a meeting, and what the desk does about it."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from meetings import correspondence
from meetings.actions import letters as actions
from meetings.views.desk._shared import also_cancelled as load, pressed
from members.links import code_page
from members.login import LoggedIn


@require_safe
def letters(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    meeting = load(request, slug, number)
    context = {"meeting": meeting, "found": correspondence.of(meeting)}
    return render(request, "meetings/desk/letters.html", context)


@require_safe
def paper_letters(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    """A4, one for each whom no mail reaches: what the emails say, with code and address as a picture."""
    meeting = load(request, slug, number)
    context = {"meeting": meeting, "papers": correspondence.papers(meeting), "code_page": code_page()}
    return render(request, "meetings/desk/paper_letters.html", context)


@require_POST
def tell_all(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    meeting = load(request, slug, number)
    pressed(request, actions.tell_all, meeting=meeting, success=_("通知を用意しました。"))
    return redirect("meetings:letters", slug, number)


@require_POST
def withdraw_letters(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    """One of them, or all that the page showed as waiting."""
    meeting = load(request, slug, number)
    said = _("送信前の通知を取り消しました。既に送信を始めていたものは、そのままです。")
    pressed(request, actions.withdraw_letters, meeting=meeting, letters=_chosen(request), success=said)
    return redirect("meetings:letters", slug, number)


@require_POST
def hand_out(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    meeting = load(request, slug, number)
    pressed(
        request, actions.hand_out, meeting=meeting, letters=_chosen(request), success=_("配布済みにしました。")
    )
    return redirect("meetings:letters", slug, number)


def _chosen(request: LoggedIn) -> list[int]:
    return [int(pk) for pk in request.POST.getlist("letter") if pk.isascii() and pk.isdigit() and len(pk) < 15]
