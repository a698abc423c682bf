"""Reports of the time before this portal, at the desk: entered with their file, corrected."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.actions import Actor
from foundation.ui.attempts import done, posted
from meetings.models import Meeting
from meetings.proposals import free_numbers
from members.login import LoggedIn
from members.models import WorkingGroup
from members.views.desk._shared import form_page, of_desk
from reports.actions import filed as actions
from reports.formats.blocks import from_json
from reports.formats.filed import text_of
from reports.forms.filed import CorrectFiledForm, FileReportForm
from reports.models import Report, ReportRevision
from reports.views.desk import held_meeting


@form_page
@of_desk
def file_report(request: LoggedIn, group: WorkingGroup) -> HttpResponse:
    """What is entered is public at once: it was before."""
    form = FileReportForm(posted(request), request.FILES or None, initial={"number": free_numbers(group)[-1]})
    if request.method == "POST" and done(form, actions.file_report, group=group, by=Actor.of(request)):
        messages.success(request, _("過去の会議録を登録し、公開しました。"))
        return redirect("reports:report", group.slug, form.cleaned_data["number"])
    context = {"group": group, "form": form}
    return render(request, "reports/desk/file_report.html", context, status=form.status)


def correct_filed(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    """Of a report that was composed here there is the draft."""
    meeting = held_meeting(request, slug, number)
    report = Report.of(meeting)
    if not report.filed:
        raise Http404
    last = ReportRevision.objects.select_related("filed").get(pk=report.filed)
    form = CorrectFiledForm(posted(request), request.FILES or None, initial=_shown(meeting, last))
    if request.method == "POST" and done(form, actions.correct_filed, meeting=meeting, by=Actor.of(request)):
        messages.success(request, _("過去の会議録を訂正し、新しい版として公開しました。"))
        return redirect("reports:report", slug, number)
    context = {"meeting": meeting, "form": form, "last": last}
    return render(request, "reports/desk/correct_filed.html", context, status=form.status)


def _shown(meeting: Meeting, last: ReportRevision) -> dict[str, Any]:
    assert meeting.held_from  # meetings_held_has_times
    assert meeting.held_to
    begins, ends = timezone.localtime(meeting.held_from), timezone.localtime(meeting.held_to)
    tree = from_json(last.blocks)
    return {
        "held_on": begins.date(),
        "starts": begins.time(),
        "ends": ends.time(),
        "building": meeting.building,
        "room": meeting.room,
        "title": tree[0].text,
        "text": text_of(tree),
        "shown": last.sha256,
    }
