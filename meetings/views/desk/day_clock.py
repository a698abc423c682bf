"""The clock of the day: which item should run now, which one does, and how late one is."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from foundation.db import clock
from foundation.http.in_place import looks_again, unless_the_same
from meetings import timetable
from meetings.actions import agenda as actions
from meetings.models import MaterialVersion, Meeting
from meetings.views import handouts
from meetings.views.desk._shared import pressed, with_roll
from members.login import LoggedIn


@require_safe
def day_clock(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    """Asked again it is true again; a script asks for what stands above the agenda."""
    meeting = with_roll(request, slug, number)
    items = list(meeting.items.select_related("presenter__user"))
    slots = timetable.timetable(meeting, items)
    now = clock.now()
    context = {"meeting": meeting, "slots": slots, "now": now, "running": timetable.running(slots, now)}
    if looks_again(request):
        return unless_the_same(request, render(request, "meetings/desk/_day_clock_live.html", context))
    return render(request, "meetings/desk/day_clock.html", context | {"handouts": _handouts(meeting)})


@require_POST
def begin_item(request: LoggedIn, slug: str, number: int, item_id: int) -> HttpResponse:
    return _done(request, slug, number, item_id, actions.begin_item)


@require_POST
def take_back_beginning(request: LoggedIn, slug: str, number: int, item_id: int) -> HttpResponse:
    return _done(request, slug, number, item_id, actions.take_back_beginning)


def _done(request: LoggedIn, slug: str, number: int, item_id: int, action: Any) -> HttpResponse:
    meeting = with_roll(request, slug, number)
    item = get_object_or_404(meeting.items.select_related("meeting"), pk=item_id)
    pressed(request, action, item=item)
    return redirect("meetings:day_clock", slug, number)


def _handouts(meeting: Meeting) -> list[MaterialVersion]:
    def address(version: MaterialVersion) -> str:
        args = [meeting.group.slug, meeting.number, version.material_id, version.number]
        return reverse("meetings:desk_material", args=args)

    return handouts.addressed(meeting, address)
