"""/a/<token>/: one address, and the page that the link was made for, on the floor that owns it."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from meetings.views import personal as meetings
from members import links
from members.states import Purpose
from members.views import personal as members
from reports.models import WordsReader

SAFE = {"GET", "HEAD"}
PAGES = {
    Purpose.MEETING: meetings.page,
    Purpose.SHEET: members.sheet,
    Purpose.CALENDAR: meetings.about_feed,
}


@login_not_required  # the token is the key
def page(request: HttpRequest, token: str) -> HttpResponseBase:
    """Any of the pages answers a token that opens nothing; a form may have been open when it was revoked.

    Who is asked whether their words stand right in a report comes there first; `?answers` leads past it.
    """
    link = links.find_by_token(token)
    if link and link.purpose == Purpose.MEETING and request.method in SAFE and "answers" not in request.GET:
        waiting = WordsReader.objects.waiting().filter(membership=link.membership).first()
        if waiting:
            return redirect("reports:personal_own_words", token, waiting.meeting.number)
    return PAGES[Purpose(link.purpose if link else Purpose.SHEET)](request, token)
