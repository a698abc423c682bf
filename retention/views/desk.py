"""The desk takes the year's records, or a meeting's, for the document system."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from foundation.actions import Actor
from foundation.http.download import attachment
from meetings.models import Meeting
from members.login import LoggedIn
from members.models import WorkingGroup
from members.views._fresh import ask_again
from retention import actions
from retention.models import Archive


@require_safe
def archives(request: LoggedIn, slug: str) -> HttpResponse:
    group = get_object_or_404(WorkingGroup.objects.run_by(request.user), slug=slug)
    context = {
        "group": group,
        "meetings": group.meetings.standing().order_by("number"),
        "archives": Archive.objects.filter(group=group).select_related("made_by", "group"),
    }
    return render(request, "retention/archives.html", context)


@require_POST
def archive_year(request: LoggedIn, slug: str) -> HttpResponse:
    return _made(request, get_object_or_404(WorkingGroup.objects.run_by(request.user), slug=slug), None)


@require_POST
def archive_meeting(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    meetings = Meeting.objects.standing().run_by(request.user).select_related("group")
    meeting = get_object_or_404(meetings, group__slug=slug, number=number)
    return _made(request, meeting.group, meeting)


def _made(request: LoggedIn, group: WorkingGroup, meeting: Meeting | None) -> HttpResponse:
    """Each time anew, from what stands there now; who takes so much about people shows again who they are."""
    ask_again(request)
    made, content = actions.archive(group=group, meeting=meeting, by=Actor.of(request))
    plain = f"records-{group.slug}-{meeting.number}.zip" if meeting else f"records-{group.slug}.zip"
    headers = {"Content-Disposition": attachment(f"{made}.zip", plain=plain)}
    return HttpResponse(content, content_type="application/zip", headers=headers)
