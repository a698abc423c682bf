from collections.abc import Callable

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import conditional_page, require_safe

from dxbukai import restoration, series, waiting
from foundation.db import clock
from foundation.http.citizens import for_citizens
from foundation.ui.todo import Todo
from meetings import absences, policy, todo as meetings
from meetings.models import Meeting, Reply
from members import todo as members
from members.models import User, WorkingGroup
from opendata import assignments, todo as opendata
from opendata.catalogue import places
from opendata.catalogue.sketches import sketch_of
from opendata.models import DatasetVersion
from reports import todo as reports
from reports.models import PublicReport
from reports.models.public import BY_DAY

# Each app says what a person has to do next.
TODO_LISTS: list[Callable[[User], list[Todo]]] = [
    restoration.todo,
    meetings.todo,
    reports.todo,
    waiting.todo,
    opendata.todo,
    members.todo,
]
NEWEST = 5


@for_citizens
@require_safe
@conditional_page
def home(request: HttpRequest) -> HttpResponse:
    """The front door: for citizens what is new, for those inside what they must do next."""
    if request.user.is_authenticated:
        return inside(request, request.user)
    newest = PublicReport.objects.for_citizens().light().select_related("group")
    versions = DatasetVersion.objects.current().light().select_related("dataset__department")
    newest_data = list(versions.order_by("-published_at")[:NEWEST])
    placed = next((version for version in newest_data if places.where(version, version.public_columns)), None)
    context = {
        "meetings": [(meeting, policy.tells_citizens(meeting)) for meeting in series.coming()[:NEWEST]],
        "reports": list(newest.order_by(*BY_DAY)[:NEWEST]),
        "series": series.at_a_glance(),
        "versions": newest_data,
        "placed": placed,
        "sketch": sketch_of(placed) if placed else None,
    }
    return render(request, "home.html", context)


def inside(request: HttpRequest, user: User) -> HttpResponse:
    context = {
        "todos": todos(user),
        "coming": coming(user),
        "missed": absences.missed_by(user),
        "assignments": assignments.of_person(user),
        "joined": WorkingGroup.objects.joined_by(user),
        "run": WorkingGroup.objects.run_by(user),
        # Whoever works in no section has no data of one.
        "has_data": not user.is_guest,
    }
    return render(request, "home_inside.html", context)


def coming(user: User) -> list[tuple[Meeting, Reply | None]]:
    """The meetings that this person takes part in or prepares next, each with their own answer for that day."""
    known = Q(pk__in=Meeting.objects.with_part_of(user).values("pk")) | Q(
        group__in=WorkingGroup.objects.run_by(user)
    )
    meetings = Meeting.objects.upcoming().filter(known, starts_at__gte=clock.now())
    found = list(meetings.select_related("group")[:NEWEST])
    own = Reply.objects.standing().as_asked().filter(membership__user=user, survey__meeting__in=found)
    replies = {reply.survey.meeting_id: reply for reply in own.select_related("survey")}
    return [(meeting, replies.get(meeting.pk)) for meeting in found]


def todos(user: User) -> list[Todo]:
    """All apps' lists; what has a deadline first, the nearest first."""
    everything = [todo for list_todos in TODO_LISTS for todo in list_todos(user)]
    return sorted(everything, key=lambda todo: (todo.due is None, todo.due))
