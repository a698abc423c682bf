"""Elections and assignments: recorded, corrected, taken away."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.actions import Actor
from foundation.ui.attempts import done, posted, press, seen
from meetings.actions import assignments, elections
from meetings.forms.results import AssignmentForm, ElectionForm
from meetings.models import Assignment, Election, Meeting
from meetings.views.desk._shared import desk_meeting
from members.login import LoggedIn
from members.models.membership import MembershipQuerySet


def record_election(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    meeting = desk_meeting(request, slug, number)
    form = ElectionForm(posted(request), meeting=meeting, people=eligible(meeting))
    if request.method == "POST" and done(form, elections.record_election, meeting=meeting, by=Actor.of(request)):
        messages.success(request, _("互選の結果を記録しました。"))
        return redirect("meetings:record", slug, number)
    context = {"meeting": meeting, "form": form, "recorded": of_meeting(meeting)}
    return render(request, "meetings/desk/record_election.html", context)


def correct_election(request: LoggedIn, slug: str, number: int, election_id: int) -> HttpResponse:
    meeting = desk_meeting(request, slug, number)
    election = get_object_or_404(of_meeting(meeting), pk=election_id)
    form = ElectionForm(posted(request), meeting=meeting, people=eligible(meeting), election=election)
    if request.method == "POST" and done(
        form, elections.correct_election, election=election, by=Actor.of(request)
    ):
        messages.success(request, _("互選の結果を訂正しました。名簿の役職と記録の文も改めました。"))
        return redirect("meetings:record", slug, number)
    context = {"meeting": meeting, "form": form, "election": election}
    return render(request, "meetings/desk/correct_election.html", context, status=form.status)


def remove_election(request: LoggedIn, slug: str, number: int, election_id: int) -> HttpResponse:
    """The check page says what goes with it."""
    meeting = desk_meeting(request, slug, number)
    election = get_object_or_404(of_meeting(meeting), pk=election_id)
    if request.method == "POST":
        removed = {"election": election, "by": Actor.of(request), "seen": seen(request)}
        if press(request, elections.remove_election, **removed):
            messages.success(request, _("互選の結果を削除しました。"))
        return redirect("meetings:record", slug, number)
    context = {"meeting": meeting, "election": election}
    return render(request, "meetings/desk/remove_election.html", context)


def set_assignment(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    meeting = desk_meeting(request, slug, number)
    form = AssignmentForm(posted(request), meeting=meeting)
    if request.method == "POST" and done(form, assignments.set_assignment, meeting=meeting, by=Actor.of(request)):
        messages.success(request, _("課題を記録しました。"))
        return redirect("meetings:record", slug, number)
    context = {"meeting": meeting, "form": form, "recorded": meeting.assignments.order_by("id")}
    return render(request, "meetings/desk/set_assignment.html", context)


def correct_assignment(request: LoggedIn, slug: str, number: int, assignment_id: int) -> HttpResponse:
    meeting = desk_meeting(request, slug, number)
    assignment = get_object_or_404(meeting.assignments, pk=assignment_id)
    form = AssignmentForm(posted(request), meeting=meeting, correcting=True, initial=shown(assignment))
    if request.method == "POST" and done(
        form, assignments.correct_assignment, assignment=assignment, by=Actor.of(request)
    ):
        messages.success(request, _("課題を訂正しました。結果報告の文も改めました。"))
        return redirect("meetings:record", slug, number)
    context = {"meeting": meeting, "form": form, "assignment": assignment}
    return render(request, "meetings/desk/correct_assignment.html", context, status=form.status)


def remove_assignment(request: LoggedIn, slug: str, number: int, assignment_id: int) -> HttpResponse:
    meeting = desk_meeting(request, slug, number)
    assignment = get_object_or_404(meeting.assignments, pk=assignment_id)
    if request.method == "POST":
        removed = {"assignment": assignment, "by": Actor.of(request), "seen": seen(request)}
        if press(request, assignments.remove_assignment, **removed):
            messages.success(request, _("課題を削除しました。"))
        return redirect("meetings:record", slug, number)
    context = {"meeting": meeting, "assignment": assignment}
    return render(request, "meetings/desk/remove_assignment.html", context)


def eligible(meeting: Meeting) -> MembershipQuerySet:
    return meeting.group.memberships.on(meeting.day).counted().in_roster_order()


def of_meeting(meeting: Meeting) -> QuerySet[Election]:
    return meeting.elections.select_related("elected__user", "meeting__group").order_by("id")


def shown(assignment: Assignment) -> dict[str, Any]:
    names = ("title", "due_meeting", "summary_text", "detail_text")
    line = assignment.entries.standing().filter(item__isnull=False).first()
    return {name: getattr(assignment, name) for name in names} | {
        "item": line.item_id if line else None,
        "due_at": assignment.due_at and timezone.localdate(assignment.due_at),
        "seen": assignment.version,
    }
