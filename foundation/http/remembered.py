"""A page that is the same for every citizen is made once, and anew as soon as anything was done in the house.

Every action leaves its row in the audit log, in its own transaction: what the log ends with tells whether a page
still says what is so. For what no action does (a row written by hand) there is the short time of the cache.
"""

from collections.abc import Callable
from functools import wraps
from hashlib import sha256

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse

from foundation.audit import stamp

View = Callable[..., HttpResponse]


def remembered(view: View) -> View:
    """For pages without clock or cookie: whoever has a cookie may be somebody and gets a page of their own."""

    @wraps(view)
    def shown(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.COOKIES:
            return view(request, *args, **kwargs)
        pages = caches["pages"]
        key = sha256(f"{stamp.of_house()} {request.get_full_path()}".encode()).hexdigest()
        kept = pages.get(key)
        if kept is not None:
            content, kind = kept
            return HttpResponse(content, content_type=kind)
        response = view(request, *args, **kwargs)
        if response.status_code == HttpResponse.status_code:
            pages.set(key, (response.content, response["Content-Type"]))
        return response

    return shown
