"""The pages of citizens: no login, no cookie, and a 304 for who asks again."""

from functools import wraps
from typing import NamedTuple
from urllib.parse import quote

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_safe

from members.models import Municipality
from members.states import Licence
from opendata import checking, public_files
from opendata.forms import SearchForm
from opendata.models import Dataset
from opendata.patterns import for_readers
from opendata.states import UpdateCycle

PREVIEW, PER_PAGE = 20, 30


def public(view):
    """Open the page to everybody; a data set that was withdrawn answers 410 with date and reason, everywhere."""

    @login_not_required  # open data
    @require_safe
    @wraps(view)
    def opened(request, slug, number=None):
        dataset = get_object_or_404(Dataset.objects.published().select_related("department"), slug=slug)
        if dataset.is_withdrawn:
            context = {"withheld_at": dataset.withdrawn_at, "reason": dataset.withdrawn_reason}
            return render(request, "410.html", context, status=410)
        versions = dataset.versions.published().light().order_by("-number")
        version = versions[0] if number is None else get_object_or_404(versions, number=number)
        version.dataset = dataset
        return view(request, version)

    return opened


@login_not_required  # open data
@require_safe
def catalogue(request):
    form = SearchForm(request.GET)
    words = form.cleaned_data["q"].split() if form.is_valid() else []
    datasets = Dataset.objects.in_catalogue().matching(words)
    shown = chosen_kind(datasets, request.GET.get("kind", ""))
    page = Paginator(shown.select_related("department").with_latest_version(), PER_PAGE)
    context = {
        "search": form,
        "words": " ".join(words),
        "page": page.get_page(request.GET.get("page")),
        "kinds": kinds_of(datasets),
        "chosen": request.GET.get("kind", ""),
    }
    return render(request, "opendata/catalogue.html", context)


@public
def dataset(request, version):
    context = about(request, version) | {"versions": version.dataset.versions.published().light()}
    return render(request, "opendata/dataset.html", context)


@public
def version(request, version):
    newest = version.dataset.versions.published().order_by("-number").values_list("number", flat=True)[0]
    return render(request, "opendata/version.html", about(request, version) | {"newest": newest})


@public
def dataset_csv(request, version):
    return csv_response(request, version)


@public
def version_csv(request, version):
    return csv_response(request, version)


@public
def dataset_json(request, version):
    kind = FileKind("json", "application/json; charset=utf-8", f"{version.public_sha256}-json")
    return file_response(request, version, kind, lambda: public_files.json_of(version, card_of(version)))


# Helpers


def card_of(version):
    town = Municipality.objects.get()
    return {
        "title": version.described.title,
        "publisher": f"{town} {version.dataset.department}",
        "version": version.number,
        "published_at": version.published_at.isoformat(),
        "licence": version.described.licence,
    }


def csv_response(request, version):
    kind = FileKind("csv", "text/csv; charset=utf-8", version.public_sha256)
    return file_response(request, version, kind, lambda: public_files.csv_of(version))


class FileKind(NamedTuple):
    ending: str
    content_type: str
    tag: str


def file_response(request, version, kind, made):
    """Published files never change: hash and date answer a conditional request without reading a row."""

    @condition(etag_func=lambda _: f'"{kind.tag}"', last_modified_func=lambda _: version.published_at)
    def respond(request):
        response = HttpResponse(made(), content_type=kind.content_type)
        name = f"{version.described.title}_v{version.number}"
        response["Content-Disposition"] = attachment(name, kind.ending)
        response["X-Content-Type-Options"] = "nosniff"
        return response

    return respond(request)


def attachment(name, ending):
    """The Japanese name for today's browsers, a plain one for the others."""
    return f"attachment; filename=\"data.{ending}\"; filename*=UTF-8''{quote(f'{name}.{ending}', safe='')}"


def about(request, version):
    return {
        "version": version,
        "dataset": version.described,
        "columns": described_columns(version),
        "preview": public_files.preview(version, PREVIEW),
        "rows": version.rows.count(),
        "licence": Licence(version.described.licence).label,
        "cycle": UpdateCycle(version.described.update_cycle).label,
        "kind": checking.title_of(version.described.standard),
        "mail_subject": _("データの誤りについて：%(title)s（第%(number)s版）")
        % {"title": version.described.title, "number": version.number},
    }


def described_columns(version):
    """The columns as the standard describes them; a section's own have their name alone."""
    standard = checking.standard_named(version.described.standard)
    fields = [standard.field(column["field"]) if standard else None for column in version.public_columns]
    return [
        {"header": column["header"], "description": for_readers(field.description) if field else ""}
        for column, field in zip(version.public_columns, fields, strict=True)
    ]


def kinds_of(datasets):
    """(name, title) of the kinds of data that are there to choose."""
    names = datasets.order_by("standard").values_list("standard", flat=True).distinct()
    return sorted({checking.title_of(name) or _("その他") for name in names})


def chosen_kind(datasets, title):
    if not title:
        return datasets
    wanted = [
        name
        for name in datasets.values_list("standard", flat=True)
        if (checking.title_of(name) or _("その他")) == title
    ]
    return datasets.filter(standard__in=wanted)
