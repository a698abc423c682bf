"""What anyone may read of a meeting: its published report, at an address that stays."""

from django.conf import settings
from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from foundation.documents.writers import WRITERS
from foundation.files import hashed
from foundation.http.citizens import for_citizens
from foundation.http.download import Stored, attachment
from foundation.http.remembered import remembered
from meetings.file_kinds import NOT_IN_A_NAME, kind_of
from reports import archive, published
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
    materials = list(revision.materials.all())
    for one in materials:
        one.address = reverse("reports:report_material", args=[slug, number, one.place])
    blocks = published.tree(revisions, {one.label: one.address for one in materials})
    said = {"description": " ".join(archive.summary(blocks)), "address": settings.SITE_URL + request.path}
    shown = {"report": page_of(blocks), "materials": materials}
    return render(request, "reports/report.html", context | said | shown)


@for_citizens
@require_safe
@conditional_page
def report_text(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    revisions = _published(request, slug, number)
    return _withheld(revisions[-1]) or HttpResponse(published.text(revisions), content_type=PLAIN_TEXT)


@for_citizens
@require_safe
@conditional_page
def report_file(request: HttpRequest, slug: str, number: int, suffix: str) -> HttpResponse:
    """To print and to correct: Word and PDF. The same edition is the same bytes, made once in each process."""
    if suffix not in WRITERS:
        raise Http404
    revisions = _published(request, slug, number)
    revision = revisions[-1]
    if gone := _withheld(revision):
        return gone
    key, pages = f"report-{revision.pk}-{suffix}", caches["pages"]
    document, (write, content_type) = published.document(revisions), WRITERS[suffix]
    try:
        made = pages.get(key) or write(document, at=revision.published_at)
    except ValidationError as refusal:
        return HttpResponse(refusal.messages[0], content_type=PLAIN_TEXT, status=404)
    pages.set(key, made)
    saved = attachment(f"{document.title}.{suffix}", plain=f"{slug}-{number}-report.{suffix}")
    return HttpResponse(made, content_type=content_type, headers={"Content-Disposition": saved})


@for_citizens
@require_safe
@conditional_page
def filed_file(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """The file of a report of the time before, as it was; of one that was composed here there is none."""
    revision = _published(request, slug, number)[-1]
    if gone := _withheld(revision):
        return gone
    filed = getattr(revision, "filed", None)
    kind = kind_of(filed.name) if filed else None
    if filed is None or kind is None:
        raise Http404
    title = published.title(revision)
    plain = f"{slug}-{number}-report.{filed.extension}"
    headers = {
        "Content-Type": kind.content_type,
        "Content-Disposition": attachment(f"{title}.{filed.extension}", plain=plain),
    }
    return Stored(filed.sha256, revision.published_at, headers, filed.stored, filed.size).answer(request)


@for_citizens
@require_safe
@conditional_page
def report_material(request: HttpRequest, slug: str, number: int, place: int) -> HttpResponseBase:
    """As it was on the day of the meeting, to be saved; gone as the report is."""
    revision = _published(request, slug, number)[-1]
    if gone := _withheld(revision):
        return gone
    material = get_object_or_404(revision.materials, place=place)
    kind = kind_of(material.name)
    if kind is None or not hashed.is_whole(material.stored):
        raise Http404
    name = NOT_IN_A_NAME.sub("_", _("第%(number)s回_%(title)s") % {"number": number, "title": material.title})
    plain = f"{slug}-{number}-material-{place}.{material.extension}"
    headers = {
        "Content-Type": kind.content_type,
        "Content-Disposition": attachment(f"{name}.{material.extension}", plain=plain),
    }
    return Stored(material.sha256, revision.published_at, headers, material.stored, material.size).answer(request)


def _withheld(revision: ReportRevision) -> HttpResponse | None:
    """Said as plain text whatever was asked for: no reader takes it for the paper."""
    if revision.withheld_at is None:
        return None
    gone = render_to_string("reports/withheld.txt", {"revision": revision})
    return HttpResponse(gone, content_type=PLAIN_TEXT, status=410)


def _published(request: HttpRequest, slug: str, number: int) -> list[ReportRevision]:
    """All revisions, oldest first; the last one is what the address shows, or says that it shows no longer."""
    readable = ReportRevision.objects.readable_by(request.user)
    found = list(readable.filter(report__meeting__group__slug=slug, report__meeting__number=number))
    if not found:
        raise Http404
    return found
