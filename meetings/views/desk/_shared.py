"""What the desk's pages have in common."""

from django.contrib import messages
from django.shortcuts import get_object_or_404

from foundation.actions import Actor
from foundation.ui.attempts import press
from meetings.models import Meeting


def desk_meeting(request, slug, number) -> Meeting:
    """The meeting, for those who run its desk; for anybody else it does not exist."""
    meetings = Meeting.objects.standing().run_by(request.user).select_related("group")
    return get_object_or_404(meetings, group__slug=slug, number=number)


def pressed(request, action, success="", **given) -> None:
    """An action in one press: done, or a sentence on the page it was pressed on."""
    if press(request, action, by=Actor.of(request), **given) and success:
        messages.success(request, success)
