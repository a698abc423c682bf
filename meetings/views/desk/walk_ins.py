"""Who came without being on the roster."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from foundation.actions import Actor
from foundation.ui.attempts import done, posted, press, seen
from meetings.actions import walk_ins as actions
from meetings.forms.roll import WalkInForm
from meetings.models import AttendanceRecord, Meeting
from meetings.views.desk._shared import with_roll
from members.login import LoggedIn


def add_walk_in(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    meeting = with_roll(request, slug, number)
    form = WalkInForm(posted(request), meeting=meeting)
    if request.method == "POST" and done(form, actions.add_walk_in, meeting=meeting, by=Actor.of(request)):
        messages.success(request, _("%sさんの出席を記録しました。") % form.cleaned_data["name"])
        return redirect("meetings:roll", slug, number)
    context = {"meeting": meeting, "form": form}
    return render(request, "meetings/desk/add_walk_in.html", context, status=form.status)


def edit_walk_in(request: LoggedIn, slug: str, number: int, line_id: int) -> HttpResponse:
    meeting, line = _line(request, slug, number, line_id)
    form = WalkInForm(posted(request), meeting=meeting, line=line)
    if request.method == "POST" and done(form, actions.edit_walk_in, line=line, by=Actor.of(request)):
        return redirect("meetings:roll", slug, number)
    context = {"meeting": meeting, "line": line, "form": form}
    return render(request, "meetings/desk/edit_walk_in.html", context, status=form.status)


def remove_walk_in(request: LoggedIn, slug: str, number: int, line_id: int) -> HttpResponse:
    meeting, line = _line(request, slug, number, line_id)
    if request.method == "POST":
        if press(request, actions.remove_walk_in, line=line, by=Actor.of(request), seen=seen(request)):
            messages.success(request, _("%sさんの出席の記録を取り消しました。") % line.name)
        return redirect("meetings:roll", slug, number)
    return render(request, "meetings/desk/remove_walk_in.html", {"meeting": meeting, "line": line})


def _line(request: LoggedIn, slug: str, number: int, line_id: int) -> tuple[Meeting, AttendanceRecord]:
    meeting = with_roll(request, slug, number)
    return meeting, get_object_or_404(meeting.roll.walk_ins().select_related("meeting"), pk=line_id)
