"""/a/<token>/: one address, and the page that the link was made for, on the floor that owns it."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from meetings.views import personal as meetings
from members import links
from members.states import Purpose
from members.views import personal as members

PAGES = {
    Purpose.MEETING: meetings.page,
    Purpose.SHEET: members.sheet,
    Purpose.CALENDAR: meetings.about_feed,
}


@login_not_required  # the token is the key
def page(request: HttpRequest, token: str) -> HttpResponseBase:
    """Any of the pages answers a token that opens nothing; a form may have been open when it was revoked."""
    link = links.find_by_token(token)
    return PAGES[Purpose(link.purpose if link else Purpose.SHEET)](request, token)
