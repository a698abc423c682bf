"""What the desk's pages of people have in common."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from members.login import LoggedIn
from members.models import WorkingGroup

View = Callable[..., HttpResponse]

form_page = require_http_methods(["GET", "HEAD", "POST"])


def of_desk(view: View) -> View:
    """`slug` becomes the group, for who runs its desk today; nobody else learns that the page exists."""

    @wraps(view)
    def at_desk(request: LoggedIn, slug: str, **kwargs: Any) -> HttpResponse:
        group = get_object_or_404(WorkingGroup.objects.run_by(request.user), slug=slug)
        if "membership" in kwargs:
            people = group.memberships.select_related("user", "group")
            kwargs["membership"] = get_object_or_404(people, pk=kwargs["membership"])
        return view(request, group, **kwargs)

    return at_desk
