"""The archive: all published reports by fiscal year and group, searched by their words, and as a feed."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from foundation.http.citizens import for_citizens
from foundation.http.remembered import remembered
from foundation.ui.paging import KeyPage, page_by_key
from members import senders
from members.models import Anybody, WorkingGroup
from members.models.group import BY_YEAR
from reports.folding import words_of
from reports.forms import ArchiveSearchForm
from reports.models import PublicReport
from reports.models.public import BY_DAY, BY_GROUP, Hits, PublicReportQuerySet
from reports.searching import snippet

PER_PAGE, IN_A_FEED = 20, 30
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


@for_citizens
@require_safe
@conditional_page
@remembered
def archive(request: HttpRequest) -> HttpResponse:
    """Without a word everything, group by group; with words where they stand, the last meeting first."""
    groups = _groups(request.user)
    form = ArchiveSearchForm(request.GET, groups=groups)
    form.is_valid()
    asked = form.cleaned_data
    words, chosen = words_of(asked.get("q", "")), _chosen(groups, asked)
    rows = PublicReport.objects.readable_by(request.user).filter(**chosen)
    if words:
        page, hits = _search(rows, words, request.GET)
    else:
        page, hits = page_by_key(rows.light().select_related("group"), BY_GROUP, request.GET, size=PER_PAGE), None
    context = {
        "form": form,
        "searched": asked.get("q", "") if words else "",
        "hits": hits,
        "page": page,
        "is_narrowed": bool(words or chosen),
        "page_title": _("「%s」を含む結果報告") % asked["q"] if words else "",
    }
    return render(request, "reports/archive.html", context)


def _search(rows: PublicReportQuerySet, words: list[str], asked: QueryDict) -> tuple[KeyPage[PublicReport], Hits]:
    """A page of what says all of the words, each with the place, and how many there are."""
    hits = rows.hits(words)
    with hits.reading():
        shown = hits.rows.light().select_related("group", "revision").defer("revision__blocks")
        page = page_by_key(shown, BY_DAY, asked, size=PER_PAGE)
    for row in page:
        row.snippet = snippet(row.revision.text, words)
    return page, hits


@for_citizens
@require_safe
@conditional_page
def feed(request: HttpRequest) -> HttpResponse:
    """Of the whole house."""
    rows, own = PublicReport.objects.for_citizens(), reverse("reports:feed")
    return _feed(rows, own, reverse("reports:archive"), senders.portal_name())


@for_citizens
@require_safe
@conditional_page
def group_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """Of a closed group there is none: what reads a feed has no login."""
    group = get_object_or_404(WorkingGroup.objects.public(), slug=slug)
    rows = PublicReport.objects.for_citizens().filter(group=group)
    own = reverse("reports:group_feed", args=[slug])
    return _feed(rows, own, f"{reverse('reports:archive')}?group={group.slug}", group.with_year)


def _groups(user: Anybody) -> list[WorkingGroup]:
    """Of which there is anything to read."""
    has_reports = Exists(PublicReport.objects.filter(group=OuterRef("pk")))
    return list(WorkingGroup.objects.visible_to(user).filter(has_reports).order_by(*BY_YEAR))


def _chosen(groups: Iterable[WorkingGroup], asked: dict[str, object]) -> dict[str, list[int]]:
    """Year and group as the groups that are meant: the index of the archive knows those."""
    year, slug = asked.get("year"), asked.get("group")
    if not (year or slug):
        return {}
    meant = [one for one in groups if year in {None, one.fiscal_year} and slug in {"", None, one.slug}]
    return {"group__in": [group.pk for group in meant]}


def _feed(rows: PublicReportQuerySet, own: str, page: str, name: str) -> HttpResponse:
    title = _("%sの結果報告") % name
    made = ReportFeed(
        title=title,
        link=settings.SITE_URL + page,
        description=title,
        language="ja",
        feed_url=settings.SITE_URL + own,
    )
    newest = rows.light().select_related("group", "revision").defer("revision__blocks", "revision__text")
    for row in newest.order_by("-published_at")[:IN_A_FEED]:
        address = settings.SITE_URL + row.address
        made.add_item(
            title=row.title,
            link=address,
            description="\n".join(_told(row)),
            unique_id=address,
            pubdate=row.published_at,
            updateddate=row.published_at,
        )
    return HttpResponse(made.writeString("utf-8"), content_type=made.content_type)


def _told(row: PublicReport) -> Iterator[str]:
    """Whoever has read it is told first what has changed."""
    if row.revision.correction:
        yield _("訂正箇所：%s") % row.revision.correction
    if row.revision.resumed_reason:
        yield _("公開を再開した理由：%s") % row.revision.resumed_reason
    yield from row.summary_lines


class ReportFeed(Atom1Feed):
    """Without anything in it the same at every request."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else BEGINNING
