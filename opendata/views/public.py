"""The pages of citizens: no login, no cookie, and a 304 for who asks again."""

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any, TypeVar

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.http.citizens import for_citizens
from foundation.http.download import MadeAnew, Stored, attachment, takes_gzip
from foundation.http.remembered import remembered
from members.licences import TERMS
from members.models import Municipality
from members.states import Licence
from opendata.catalogue import describing, files, kept
from opendata.forms import CatalogueSearchForm
from opendata.models import Dataset, DatasetVersion
from opendata.standards import title_of
from opendata.states import FileKind
from opendata.views.maps import map_of, page_asked, points

PREVIEW, PER_PAGE = 20, 30
CONTENT_TYPES = {FileKind.CSV: "text/csv; charset=utf-8", FileKind.JSON: "application/json; charset=utf-8"}


R = TypeVar("R", bound=HttpResponseBase)


def public(view: Callable[[HttpRequest, DatasetVersion], R]) -> Callable[..., R | HttpResponse]:
    """Open the page to everybody; a data set that was withdrawn answers 410 with date and reason, everywhere."""

    @for_citizens
    @require_safe
    @wraps(view)
    def opened(request: HttpRequest, slug: str, number: int | None = None) -> R | HttpResponse:
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
    found = list(DatasetVersion.objects.current().matching(words).values_list("pk", "standard"))
    kinds = describing.kinds_of(standard for _pk, standard in found)
    shown = [pk for pk, standard in found if not chosen or standard in kinds.get(chosen, [])]
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    rows = DatasetVersion.objects.light().select_related("dataset__department").in_bulk(list(page))
    context = {
        "search": form,
        "words": " ".join(words),
        "page": page,
        "versions": [rows[pk] for pk in page],
        "kinds": sorted(kinds),
        "chosen": chosen,
    }
    return render(request, "opendata/catalogue.html", context)


@remembered
@public
def dataset(request: HttpRequest, version: DatasetVersion) -> HttpResponse:
    context = about(version, request) | {
        "versions": version.dataset.versions.published().light(),
        **map_of(version, version.public_columns, reverse("opendata:dataset_places", args=[version.dataset.slug])),
    }
    return render(request, "opendata/dataset.html", context)


@remembered
@public
def dataset_places(request: HttpRequest, version: DatasetVersion) -> HttpResponse:
    return points(version, version.public_columns)


@remembered
@public
def version(request: HttpRequest, version: DatasetVersion) -> HttpResponse:
    newest = version.dataset.versions.published().order_by("-number").values_list("number", flat=True)[0]
    return render(request, "opendata/version.html", about(version, request) | {"newest": newest})


@public
def dataset_csv(request: HttpRequest, version: DatasetVersion) -> HttpResponseBase:
    return file_response(request, version, FileKind.CSV)


@public
def version_csv(request: HttpRequest, version: DatasetVersion) -> HttpResponseBase:
    return file_response(request, version, FileKind.CSV)


@public
def dataset_json(request: HttpRequest, version: DatasetVersion) -> HttpResponseBase:
    return file_response(request, version, FileKind.JSON)


# Helpers


def file_response(request: HttpRequest, version: DatasetVersion, kind: FileKind) -> HttpResponseBase:
    """The file that was made when the version was published; where it is not there, made anew while it is sent."""
    file = kept.best(version, kind, gzip=takes_gzip(request))
    if file is None and version.disposed_on:
        return render(request, "opendata/lost.html", {"version": version}, status=410)
    if file is None:
        return made_anew(version, kind).answer(request)
    assert version.published_at is not None
    said = headers_of(version, kind)
    return Stored(file.sha256, version.published_at, said, file.name, file.size, file.coding).answer(request)


def made_anew(version: DatasetVersion, kind: FileKind) -> MadeAnew:
    """The tag is of what it is made from: table and ticks are frozen, the publisher's name need not be."""
    assert version.published_at is not None
    tag, blocks = version.public_sha256, files.csv_of(version)
    if kind == FileKind.JSON:
        card = files.card_of(version, version.published_at)
        tag, blocks = sha256(f"{tag}{card}".encode()).hexdigest(), files.json_of(version, card)
    return MadeAnew(tag, version.published_at, headers_of(version, kind), blocks)


def headers_of(version: DatasetVersion, kind: FileKind) -> dict[str, str]:
    return {
        "Content-Type": CONTENT_TYPES[kind],
        "Content-Disposition": attachment(f"{version.title}_v{version.number}.{kind}", plain=f"data.{kind}"),
        "X-Content-Type-Options": "nosniff",
    }


def licence_of(version: DatasetVersion, path: str) -> dict[str, Any]:
    """Its words; and how the source is named, where the town has a name."""
    terms, town = TERMS[Licence(version.licence)], Municipality.objects.first()
    address = settings.SITE_URL + path
    credits_ = terms.credits(town=town.name, title=version.title, address=address) if town else []
    return {"terms": terms, "credits": credits_}


def page_of(version: DatasetVersion, asked: QueryDict) -> "Page[tuple[int, list[str]]]":
    pages = Paginator(version.rows.order_by("row").values_list("row", "cells"), PREVIEW)
    # Counted when the file was read.
    pages.count = version.detected["rows"]
    return pages.get_page(page_asked(version, asked, PREVIEW))


def about(version: DatasetVersion, request: HttpRequest) -> dict[str, Any]:
    page = page_of(version, request.GET)
    return {
        **licence_of(version, request.path),
        "version": version,
        "dataset": version.dataset,
        "columns": describing.columns_of(version),
        "name": describing.place_in_sight(version),
        "page": page,
        "records": list(files.as_published(version, page)),
        "rows": version.detected["rows"],
        "kind": title_of(version.standard),
        "mail_subject": _("データの誤りについて：%(title)s（第%(number)s版）")
        % {"title": version.title, "number": version.number},
    }
