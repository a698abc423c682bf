"""What anyone may know of the meetings of a public group."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import conditional_page, require_safe

from foundation.http.citizens import for_citizens
from meetings import calendar, policy
from meetings.models import Meeting
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


@for_citizens
@require_safe
def public_notice(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """When and where it is, what about, and how one comes to listen; then, that it was held or called off.

    One that was called off stands behind the one that was made again in its place.
    """
    same = Meeting.objects.kept().filter(group__slug=slug, number=number, group__is_public=True)
    found = same.select_related("group__contact_department").order_by("-pk")
    meeting = found.standing().first() or found.first()
    if meeting is None or not policy.tells_citizens(meeting):
        raise Http404
    return render(request, "meetings/public_notice.html", {"meeting": meeting, "items": meeting.items.all()})
