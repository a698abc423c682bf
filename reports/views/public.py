"""What anyone may read of a meeting: its published report, at an address that stays."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.views.decorators.http import conditional_page, require_safe

from meetings.models import Meeting, ReportRevision
from meetings.report import blocks
from meetings.report.page import page_of

PLAIN_TEXT = "text/plain; charset=utf-8"


# A published report is for everybody; a group that is not public shows it to its own people only.
@login_not_required
@require_safe
@conditional_page
def report(request, slug, number):
    revisions = published(request.user, slug, number)
    revision = revisions[-1]
    context = {"meeting": revision.report.meeting, "revision": revision}
    if revision.withheld_at:
        context |= {"withheld_at": revision.withheld_at, "reason": revision.withheld_reason}
        return render(request, "410.html", context, status=410)
    corrections = [one for one in reversed(revisions) if one.correction]
    page = page_of(blocks.from_json(revision.blocks))
    return render(request, "meetings/report.html", context | {"report": page, "corrections": corrections})


@login_not_required
@require_safe
@conditional_page
def report_text(request, slug, number):
    revision = published(request.user, slug, number)[-1]
    if revision.withheld_at:
        gone = render_to_string("meetings/report_withheld.txt", {"revision": revision})
        return HttpResponse(gone, content_type=PLAIN_TEXT, status=410)
    return HttpResponse(revision.text, content_type=PLAIN_TEXT)


def published(user, slug, number) -> list[ReportRevision]:
    """All revisions, oldest first; the last one is what the address shows, or says that it shows no longer."""
    meetings = Meeting.objects.standing().report_visible_to(user)
    meeting = get_object_or_404(meetings, group__slug=slug, number=number)
    revisions = ReportRevision.objects.filter(report__meeting=meeting)
    return list(revisions.select_related("report__meeting__group"))
