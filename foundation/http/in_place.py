"""A page that shows what has changed without being loaded anew.

After a deed of one's own (static/js/in-place.js) it gets the parts of itself that are different now, each by
its id. One that lies open (static/js/live.js) asks for its parts from time to time, and is told where they are
the same. A view that answers so answers every other browser with a whole page.
"""

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, set_response_etag

IN_PLACE = "in-place"
# Nobody need be there: it does not count as presence (members/gate.py).
REFRESH = "refresh"


def asks_in_place(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == IN_PLACE


def looks_again(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == REFRESH


def unless_the_same(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """304 where the page has just this already."""
    set_response_etag(response)
    told = get_conditional_response(request, response["ETag"], response=response)
    return told if isinstance(told, HttpResponse) else response
