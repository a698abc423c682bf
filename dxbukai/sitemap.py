"""What search engines may find, each with the day on which it last changed: the public pages and no other."""

from collections.abc import Iterator
from datetime import datetime
from html import escape
from itertools import islice

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import conditional_page, require_safe

from foundation.http.citizens import for_citizens
from members.models import WorkingGroup
from opendata.models import DatasetVersion
from reports.models import PublicReport
from statements.states import TEXTS, Statement

# More no reader of such a file takes.
MOST = 50_000
SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"
POLICIES = [text for text in TEXTS if text != Statement.CONTACT]
Found = tuple[str, datetime | None]


@for_citizens
@require_safe
@conditional_page
def sitemap(request: HttpRequest) -> HttpResponse:
    lines = (_line(path, changed) for path, changed in islice(addresses(), MOST))
    body = f'<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="{SCHEMA}">\n{"".join(lines)}</urlset>\n'
    return HttpResponse(body, content_type="application/xml; charset=utf-8")


def _line(path: str, changed: datetime | None) -> str:
    told = f"<lastmod>{changed.isoformat(timespec='seconds')}</lastmod>" if changed else ""
    return f"<url><loc>{escape(settings.SITE_URL + path)}</loc>{told}</url>\n"


def addresses() -> Iterator[Found]:
    for name in ("home", "about", "groups", "reports:archive", "opendata:catalogue"):
        yield reverse(name), None
    for statement in POLICIES:
        yield reverse("statement", args=[statement]), None
    for slug in WorkingGroup.objects.public().order_by("-fiscal_year", "slug").values_list("slug", flat=True):
        yield reverse("group", args=[slug]), None
    reports = PublicReport.objects.for_citizens().order_by("-published_at")
    for slug, number, changed in reports.values_list("group__slug", "number", "published_at"):
        yield reverse("reports:report", args=[slug, number]), changed
    versions = DatasetVersion.objects.current().order_by("-published_at")
    for slug, changed in versions.values_list("dataset__slug", "published_at"):
        yield reverse("opendata:dataset", args=[slug]), changed
