"""The results of the last test of accessibility, for everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from foundation.http.citizens import for_citizens
from statements.models import PublishedStatement
from statements.results import from_json
from statements.states import PAGE_NAMES, Statement


@for_citizens
@require_safe
def results(request: HttpRequest) -> HttpResponse:
    history = list(PublishedStatement.objects.of(Statement.RESULTS))
    last = history[0] if history else None
    context = {
        "last": last,
        "table": from_json(last.results) if last and last.results else None,
        "pages": PAGE_NAMES.items(),
        "history": history,
    }
    return render(request, "statements/results.html", context)
