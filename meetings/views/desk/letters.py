"""What has become of everything that was written to the people of a meeting, and what the desk does about it."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from meetings import correspondence, phone_list as phone_lists
from meetings.actions import letters as actions
from meetings.models import Letter, Meeting
from meetings.states import MeetingState
from meetings.views.desk._shared import PER_PAGE, PER_PRINT, also_cancelled as load, pressed, ticked
from members.links import code_page
from members.login import LoggedIn


@require_safe
def letters(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    meeting = load(request, slug, number)
    found = correspondence.of(meeting)
    page: Page[Any] = Paginator(found.people, PER_PAGE).get_page(request.GET.get("page"))
    papers, shown = found.papers, list(page)
    lines = found.lines([*shown, *(pk for pk, _place in papers[:PER_PRINT])])
    page.object_list = [lines[pk] for pk in shown]
    context = {
        "meeting": meeting,
        "found": found,
        "page": page,
        "papers": found.on_paper(papers[:PER_PRINT], lines),
        "more_papers": len(papers[PER_PRINT:]),
        # What tells of a cancellation stays: whoever was called must hear of it.
        "can_withdraw": meeting.state != MeetingState.CANCELLED,
    }
    return render(request, "meetings/desk/letters.html", context)


@require_safe
def paper_letters(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    """A4, one for each whom no mail reaches: what the emails say, with code and address as a picture."""
    meeting = load(request, slug, number)
    found = correspondence.of(meeting)
    page = Paginator(found.papers, PER_PAGE).get_page(request.GET.get("page"))
    papers = correspondence.papers(found, list(page))
    context = {"meeting": meeting, "page": page, "papers": papers, "code_page": code_page()}
    return render(request, "meetings/desk/paper_letters.html", context)


@require_safe
def phone_list(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    """A4, for what is urgent: everybody who was written to, those first whom no mail reaches."""
    meeting = load(request, slug, number)
    found = correspondence.of(meeting)
    people = phone_lists.in_order_of_calls(found) if found.has_letters else []
    page = Paginator(people, PER_PRINT).get_page(request.GET.get("page"))
    lines = found.lines(page)
    context = {
        "meeting": meeting,
        "page": page,
        "calls": [(lines[pk], phone_lists.no_mail_reaches(lines[pk])) for pk in page],
        "to_say": phone_lists.to_say(meeting, found),
    }
    return render(request, "meetings/desk/phone_list.html", context)


@require_POST
def tell_all(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    meeting = load(request, slug, number)
    pressed(request, actions.tell_all, meeting=meeting, success=_("通知を用意しました。"))
    return redirect("meetings:letters", slug, number)


@require_POST
def withdraw_letters(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    """One of them, those that were ticked, or all emails that the page showed as waiting."""
    meeting = load(request, slug, number)
    said = _("送信前、配布前の通知を取り消しました。既に送信を始めていたもの、配布済みのものは、そのままです。")
    chosen = _shown(meeting, request) if "until" in request.POST else ticked(request, "letter")
    pressed(request, actions.withdraw_letters, meeting=meeting, letters=chosen, success=said)
    return redirect("meetings:letters", slug, number)


@require_POST
def hand_out(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    meeting = load(request, slug, number)
    chosen = ticked(request, "letter")
    pressed(request, actions.hand_out, meeting=meeting, letters=chosen, success=_("配布済みにしました。"))
    return redirect("meetings:letters", slug, number)


def _shown(meeting: Meeting, request: LoggedIn) -> list[int]:
    """All emails that waited when the page was made: what was written since is none of them."""
    last = request.POST.get("until", "")
    if not (last.isascii() and last.isdigit() and len(last) < 15):
        return []
    waiting = Letter.objects.waiting().filter(meeting=meeting, by_paper=False, pk__lte=int(last))
    return list(waiting.values_list("pk", flat=True)) or [int(last)]
