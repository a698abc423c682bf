"""What anyone may know of the meetings of a public group."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import conditional_page, require_safe

from foundation.http.citizens import for_citizens
from meetings import calendar
from meetings.views.answering import calendar_file
from members.models import WorkingGroup


@for_citizens
@require_safe
@conditional_page
def group_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Of a closed group there is none, not even for its people: they have addresses of their own."""
    public = WorkingGroup.objects.public().select_related("contact_department")
    group = get_object_or_404(public, slug=slug)
    return calendar_file(calendar.feed_of_group(group), group.slug)
