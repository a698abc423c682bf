"""A page that shows the answer to a deed without being loaded anew (static/js/in-place.js).

It gets the parts of itself that are different now, each by its id. A view that answers so answers every other
browser with a whole page.
"""

from django.http import HttpRequest

IN_PLACE = "in-place"


def asks_in_place(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == IN_PLACE
