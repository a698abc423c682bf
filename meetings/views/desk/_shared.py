"""What the desk's pages have in common."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404

from foundation.actions import Actor
from foundation.ui.attempts import press
from meetings.models import Meeting
from members.login import LoggedIn

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def desk_meeting(request: LoggedIn, slug: str, number: int) -> Meeting:
    """The meeting, for those who run its desk; for anybody else it does not exist."""
    meetings = Meeting.objects.standing().kept().run_by(request.user).select_related("group", "survey")
    return get_object_or_404(meetings, group__slug=slug, number=number)


def pressed(request: LoggedIn, action: Callable[..., Any], success: "StrOrPromise" = "", **given: Any) -> None:
    """An action in one press: done, or a sentence on the page it was pressed on."""
    if press(request, action, by=Actor.of(request), **given) and success:
        messages.success(request, success)
