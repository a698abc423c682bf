"""The town hall's register, kept by administrators. To everybody else these pages do not exist."""

from functools import wraps

from django.http import Http404
from django.views.decorators.http import require_http_methods

from members.policy import can_administrate

form_page = require_http_methods(["GET", "HEAD", "POST"])


def administrators_only(view):
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not can_administrate(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
