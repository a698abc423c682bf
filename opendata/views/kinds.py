"""What a section could publish: a kind of data in words, and its template."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.http.download import attachment
from members.login import LoggedIn
from members.models import Department, IntroSheet, User
from opendata import standards, template
from tablecheck import Standard

WRITERS = {
    "csv": (template.csv_of, "text/csv; charset=utf-8"),
    "xlsx": (template.xlsx_of, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


@require_safe
def kind(request: LoggedIn, kind: str) -> HttpResponse:
    standard = kind_or_404(kind)
    context = {
        "kind": standard,
        "lines": template.lines_of(standard),
        "source": standard.sources[0],
        "is_present": kind in standards.kinds(),
        "others": [each for each in standards.editions(kind) if each.name != kind],
    }
    return render(request, "opendata/kind.html", context)


@require_safe
def template_file(request: LoggedIn, kind: str, suffix: str) -> HttpResponse:
    standard = kind_or_404(kind)
    if suffix not in WRITERS:
        raise Http404
    write, content_type = WRITERS[suffix]
    name = _("%(title)s_様式.%(suffix)s") % {"title": standard.title, "suffix": suffix}
    headers = {"Content-Disposition": attachment(name, plain=f"{standards.file_slug_of(kind)}.{suffix}")}
    return HttpResponse(write(standard), content_type=content_type, headers=headers)


def kinds_for(user: User) -> list[Standard]:
    """By the name of the person's section and what they wrote of their duties; else by what stands above it."""
    sections = Department.objects.of(user).select_related("parent")
    duties = IntroSheet.objects.filter(membership__user=user).values_list("duties", flat=True)
    own = " ".join([*(each.label for each in sections), *duties])
    return standards.kept_by(own) or standards.kept_by(" ".join(str(each.parent) for each in sections))


def kind_or_404(name: str) -> Standard:
    standard = standards.standard_named(name)
    if standard is None or not standard.sources:
        raise Http404
    return standard
