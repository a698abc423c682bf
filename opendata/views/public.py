"""The pages of citizens: no login, no cookie, and a 304 for who asks again."""

from collections.abc import Callable
from functools import wraps
from typing import Any, NamedTuple
from urllib.parse import quote

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_safe

from foundation.http.citizens import for_citizens
from foundation.http.remembered import remembered
from members.models import Municipality
from opendata.catalogue import describing, files
from opendata.forms import CatalogueSearchForm
from opendata.models import Dataset, DatasetVersion
from opendata.standards import title_of

PREVIEW, PER_PAGE = 20, 30


def public(view: Callable[[HttpRequest, DatasetVersion], HttpResponse]) -> Callable[..., HttpResponse]:
    """Open the page to everybody; a data set that was withdrawn answers 410 with date and reason, everywhere."""

    @for_citizens
    @require_safe
    @wraps(view)
    def opened(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
        dataset = get_object_or_404(Dataset.objects.published().select_related("department"), slug=slug)
        if dataset.is_withdrawn:
            context = {"withheld_at": dataset.withdrawn_at, "reason": dataset.withdrawn_reason}
            return render(request, "410.html", context, status=410)
        versions = dataset.versions.published().light().order_by("-number")
        version = versions[0] if number is None else get_object_or_404(versions, number=number)
        version.dataset = dataset
        return view(request, version)

    return opened


@for_citizens
@require_safe
@remembered
def catalogue(request: HttpRequest) -> HttpResponse:
    form = CatalogueSearchForm(request.GET)
    words = form.cleaned_data["q"].split() if form.is_valid() else []
    chosen = request.GET.get("kind", "")
    found = DatasetVersion.objects.current().light().matching(words)
    kinds = describing.kinds_of(found)
    shown = found.filter(standard__in=kinds.get(chosen, [])) if chosen else found
    page = Paginator(shown.select_related("dataset__department"), PER_PAGE)
    context = {
        "search": form,
        "words": " ".join(words),
        "page": page.get_page(request.GET.get("page")),
        "kinds": sorted(kinds),
        "chosen": chosen,
    }
    return render(request, "opendata/catalogue.html", context)


@remembered
@public
def dataset(request: HttpRequest, version: DatasetVersion) -> HttpResponse:
    context = about(version) | {"versions": version.dataset.versions.published().light()}
    return render(request, "opendata/dataset.html", context)


@remembered
@public
def version(request: HttpRequest, version: DatasetVersion) -> HttpResponse:
    newest = version.dataset.versions.published().order_by("-number").values_list("number", flat=True)[0]
    return render(request, "opendata/version.html", about(version) | {"newest": newest})


@public
def dataset_csv(request: HttpRequest, version: DatasetVersion) -> HttpResponse:
    return csv_response(request, version)


@public
def version_csv(request: HttpRequest, version: DatasetVersion) -> HttpResponse:
    return csv_response(request, version)


@public
def dataset_json(request: HttpRequest, version: DatasetVersion) -> HttpResponse:
    kind = FileKind("json", "application/json; charset=utf-8", f"{version.public_sha256}-json")
    return file_response(request, version, kind, lambda: files.json_of(version, card_of(version)))


# Helpers


def card_of(version: DatasetVersion) -> dict[str, Any]:
    # Before anybody has entered the town's name the section stands alone.
    publisher = " ".join(str(one) for one in [*Municipality.objects.all(), version.dataset.department])
    assert version.published_at is not None
    return {
        "title": version.title,
        "publisher": publisher,
        "version": version.number,
        "published_at": version.published_at.isoformat(),
        "licence": version.licence,
    }


def csv_response(request: HttpRequest, version: DatasetVersion) -> HttpResponse:
    kind = FileKind("csv", "text/csv; charset=utf-8", version.public_sha256)
    return file_response(request, version, kind, lambda: files.csv_of(version))


class FileKind(NamedTuple):
    ending: str
    content_type: str
    tag: str


def file_response(
    request: HttpRequest, version: DatasetVersion, kind: FileKind, made: Callable[[], bytes]
) -> HttpResponse:
    """Published files never change: hash and date answer a conditional request without reading a row."""

    @condition(etag_func=lambda _: f'"{kind.tag}"', last_modified_func=lambda _: version.published_at)
    def respond(request: HttpRequest) -> HttpResponse:
        response = HttpResponse(made(), content_type=kind.content_type)
        name = f"{version.title}_v{version.number}"
        response["Content-Disposition"] = attachment(name, kind.ending)
        response["X-Content-Type-Options"] = "nosniff"
        return response

    return respond(request)


def attachment(name: str, ending: str) -> str:
    """The Japanese name for today's browsers, a plain one for the others."""
    return f"attachment; filename=\"data.{ending}\"; filename*=UTF-8''{quote(f'{name}.{ending}', safe='')}"


def about(version: DatasetVersion) -> dict[str, Any]:
    return {
        "version": version,
        "dataset": version.dataset,
        "columns": describing.columns_of(version),
        "preview": files.preview(version, PREVIEW),
        "rows": version.detected["rows"],
        "kind": title_of(version.standard),
        "mail_subject": _("データの誤りについて：%(title)s（第%(number)s版）")
        % {"title": version.title, "number": version.number},
    }
