"""The desk's hub: its way from one meeting to the next, through the rooms of several apps."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from dxbukai import cockpit, steps
from meetings import correspondence, policy, proposals
from meetings.models import DatePoll, Meeting
from meetings.states import MeetingState
from meetings.views.desk._shared import desk_meeting as load
from members.login import LoggedIn
from members.models import WorkingGroup
from opendata import assignments
from reports import due


@require_safe
def desk(request: LoggedIn, slug: str) -> HttpResponse:
    """What is going on in the group, and the next action of each meeting."""
    group = get_object_or_404(WorkingGroup.objects.run_by(request.user), slug=slug)
    found = list(steps.with_progress(group.meetings.all()).with_asked().order_by("-number", "-pk"))
    everything = [meeting for meeting in found if meeting.state != MeetingState.CANCELLED]
    meetings = [meeting for meeting in everything if meeting.disposed_on is None]
    newest = meetings[:3]
    panels = cockpit.panels(newest)
    dues = due.dues(meetings)
    rows = [
        (meeting, steps.next_step(steps.steps(meeting)), panels.get(meeting.pk), dues.get(meeting.pk))
        for meeting in newest
    ]
    context = {
        "group": group,
        "rows": rows,
        "older": [(meeting, dues.get(meeting.pk)) for meeting in meetings[3:]],
        "last": everything[0] if everything else None,
        "disposed": [meeting for meeting in everything if meeting.disposed_on],
        "called_off": _called_off(found),
        "assignments": assignments.of_group(group),
        "next_number": proposals.free_among(found)[-1],
    }
    return render(request, "hub/desk.html", context)


@require_safe
def desk_meeting(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    meeting = load(request, slug, number)
    shown = steps.with_progress(Meeting.objects.filter(pk=meeting.pk)).get()
    found = steps.steps(shown)
    context = {
        "meeting": meeting,
        "steps": found,
        "next": steps.next_step(found),
        "dues": due.dues([shown]).get(shown.pk),
        "warnings": proposals.warnings(meeting) if policy.is_being_prepared(meeting) else [],
        "is_being_prepared": policy.is_being_prepared(meeting),
        "letters": correspondence.of(meeting) if meeting.announced_at or _asks_for_dates(meeting) else None,
        "can_ask_for_dates": meeting.state == MeetingState.DRAFT and meeting.starts_at is None,
        "poll": getattr(meeting, "date_poll", None),
        "can_be_reopened": meeting.state == MeetingState.HELD and not shown.revision_count,  # type: ignore[attr-defined]
    }
    return render(request, "hub/desk_meeting.html", context)


def _called_off(found: list[Meeting]) -> list[Meeting]:
    """They stay in the list; the last one of each number that stands no more can be made again."""
    free = set(proposals.free_among(found))
    gone = [each for each in found if each.state == MeetingState.CANCELLED and each.disposed_on is None]
    for meeting in gone:
        meeting.can_be_made_again = meeting.number in free
        free.discard(meeting.number)
    return gone


def _asks_for_dates(meeting: Meeting) -> bool:
    poll: DatePoll | None = getattr(meeting, "date_poll", None)
    return poll is not None and poll.asked_at is not None
