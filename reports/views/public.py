"""What anyone may read of a meeting: its published report, at an address that stays."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import conditional_page, require_safe

from foundation.http.citizens import for_citizens
from foundation.http.remembered import remembered
from reports.formats import blocks
from reports.formats.as_page import page_of
from reports.models import ReportRevision

PLAIN_TEXT = "text/plain; charset=utf-8"


# A published report is for everybody; a group that is not public shows it to its own people only.
@for_citizens
@require_safe
@conditional_page
@remembered
def report(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    revisions = _published(request, slug, number)
    revision = revisions[-1]
    context = {"meeting": revision.report.meeting, "revision": revision}
    if revision.withheld_at:
        gone = {"withheld_at": revision.withheld_at, "reason": revision.withheld_reason}
        return render(request, "410.html", context | gone, status=410)
    corrections = [one for one in reversed(revisions) if one.correction]
    page = page_of(blocks.from_json(revision.blocks))
    return render(request, "reports/report.html", context | {"report": page, "corrections": corrections})


@for_citizens
@require_safe
@conditional_page
def report_text(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    revision = _published(request, slug, number)[-1]
    if revision.withheld_at:
        gone = render_to_string("reports/withheld.txt", {"revision": revision})
        return HttpResponse(gone, content_type=PLAIN_TEXT, status=410)
    return HttpResponse(revision.text, content_type=PLAIN_TEXT)


def _published(request: HttpRequest, slug: str, number: int) -> list[ReportRevision]:
    """All revisions, oldest first; the last one is what the address shows, or says that it shows no longer."""
    readable = ReportRevision.objects.readable_by(request.user)
    found = list(readable.filter(report__meeting__group__slug=slug, report__meeting__number=number))
    if not found:
        raise Http404
    return found
