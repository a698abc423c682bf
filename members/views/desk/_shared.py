"""What the desk's pages of people have in common."""

from functools import wraps

from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from members.models import WorkingGroup

form_page = require_http_methods(["GET", "HEAD", "POST"])


def of_desk(view):
    """`slug` becomes the group, for who runs its desk today; nobody else learns that the page exists."""

    @wraps(view)
    def at_desk(request, slug, **kwargs):
        group = get_object_or_404(WorkingGroup.objects.run_by(request.user), slug=slug)
        if "membership" in kwargs:
            people = group.memberships.select_related("user", "group")
            kwargs["membership"] = get_object_or_404(people, pk=kwargs["membership"])
        return view(request, group, **kwargs)

    return at_desk
