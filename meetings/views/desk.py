"""What the desk's pages have in common."""

from django.contrib import messages
from django.shortcuts import get_object_or_404

from foundation.ui.deeds import attempt_or_say
from meetings.models import Meeting


def desk_meeting(request, slug, number) -> Meeting:
    """The meeting, for those who run its desk; for anybody else it does not exist."""
    meetings = Meeting.objects.standing().run_by(request.user).select_related("group", "report")
    return get_object_or_404(meetings, group__slug=slug, number=number)


def pressed(request, deed, success="", **given) -> None:
    """A deed in one press: done, or a sentence on the page it was pressed on."""
    if attempt_or_say(request, deed, by=request.user, **given) and success:
        messages.success(request, success)
