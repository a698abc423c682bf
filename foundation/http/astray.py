"""Addresses that a person did not type: with a mark of the sentence glued on, or meant for a button only."""

from django.conf import settings
from django.http import HttpRequest, HttpResponseNotAllowed, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render

from foundation.http.middleware import GetResponse

READS = {"GET", "HEAD"}
# What stands behind a link in a mail, and what a mail program takes for its last character.
GLUED = "。、．，.,;:；：!?！？)）」』】〉》>＞\"'”’\u3000 "


class LeadBack:
    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.method not in READS:
            return response
        # Below the folder of static files two dots are no end of a sentence.
        is_page = not request.path.startswith(settings.STATIC_URL)
        if is_page and response.status_code == 404 and (path := without_glue(request.path)):
            return HttpResponseRedirect(path)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            page = render(request, "405.html", status=405)
            page["Allow"] = response["Allow"]
            return page
        return response


def without_glue(path: str) -> str:
    """The address before the marks; empty where there are none, or nothing is left that is one of ours.

    Only what ends like a page of ours does, and never another host's (//…).
    """
    trimmed = path.rstrip(GLUED)
    is_ours = trimmed.endswith("/") and not trimmed.startswith("//")
    return trimmed if trimmed != path and is_ours else ""
