"""How far a group is with an assignment, for its desk; who need not do it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.actions import Actor
from foundation.ui.attempts import done, posted, press
from meetings.actions import assignments as actions
from meetings.models import Assignment, Meeting
from members.login import LoggedIn
from opendata import assignments
from opendata.forms import ExemptForm


def desk_assignment(request: LoggedIn, assignment_id: int) -> Assignment:
    """For those who run the desk of its group; for anybody else it does not exist."""
    meetings = Meeting.objects.standing().run_by(request.user).kept()
    found = Assignment.objects.filter(meeting__in=meetings).select_related("meeting__group", "due_meeting")
    return get_object_or_404(found, pk=assignment_id)


@require_safe
def progress(request: LoggedIn, assignment_id: int) -> HttpResponse:
    assignment = desk_assignment(request, assignment_id)
    (found,) = assignments.progress([assignment], assignments.people_of(assignment))
    context = {"assignment": assignment, "meeting": assignment.meeting, "progress": found}
    return render(request, "opendata/desk/progress.html", context)


def exempt(request: LoggedIn, assignment_id: int, membership: int) -> HttpResponse:
    assignment = desk_assignment(request, assignment_id)
    person = get_object_or_404(assignment.meeting.group.memberships.select_related("user"), pk=membership)
    there = assignment.exemptions.filter(membership=person).first()
    form = ExemptForm(posted(request), initial={"reason": there.reason if there else ""})
    told = {"assignment": assignment, "membership": person, "by": Actor.of(request)}
    if request.method == "POST" and done(form, actions.exempt, **told):
        messages.success(request, _("課題の対象外としました。"))
        return redirect("opendata:progress", assignment.pk)
    context = {"assignment": assignment, "meeting": assignment.meeting, "person": person, "form": form}
    return render(request, "opendata/desk/exempt.html", context)


@require_POST
def include(request: LoggedIn, assignment_id: int, membership: int) -> HttpResponse:
    assignment = desk_assignment(request, assignment_id)
    person = get_object_or_404(assignment.meeting.group.memberships, pk=membership)
    if press(request, actions.include, assignment=assignment, membership=person, by=Actor.of(request)):
        messages.success(request, _("課題の対象に戻しました。"))
    return redirect("opendata:progress", assignment.pk)
