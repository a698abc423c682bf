"""What the town says of this site, each beside what the portal itself can say of it as plain facts.

The town's words are published by its decision (statements/); the facts are made from the rows of all floors.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from foundation.calendar import wareki
from foundation.db import clock
from foundation.http.citizens import for_citizens
from foundation.ledger.held import is_held
from members.licences import TERMS
from members.models import WorkingGroup
from retention.due import periods_of_kinds
from statements.models import PublishedStatement
from statements.plain_text import parts_of
from statements.results import published
from statements.states import TEXTS, Statement


@login_not_required  # whom to ask is told also where nothing else is
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Whom to ask, and the way to the policies."""
    context = {} if is_held() else said(Statement.CONTACT)
    policies = [text for text in TEXTS if text != Statement.CONTACT]
    return render(request, "about.html", context | {"groups": groups_to_ask(), "policies": policies})


@for_citizens
@require_safe
def statement(request: HttpRequest, statement: str) -> HttpResponse:
    if statement not in FACTS:
        raise Http404
    kind = Statement(statement)
    return render(request, "statement.html", {**said(kind), **FACTS[kind](), "statement": kind})


def said(kind: Statement) -> dict[str, Any]:
    """The town's words as they stand, and every decision on them, the newest first."""
    history = list(PublishedStatement.objects.of(kind))
    last = history[0] if history else None
    return {"last": last, "parts": parts_of(last.body) if last else [], "history": history}


def groups_to_ask() -> QuerySet[WorkingGroup]:
    """Of this fiscal year and the last: earlier ones have no desk any more."""
    groups = WorkingGroup.objects.public().select_related("contact_department")
    return groups.filter(fiscal_year__gte=wareki.year_of_april(clock.today()) - 1)


# What the portal knows, apart from the town's words.
FACTS: dict[str, Callable[[], dict[str, Any]]] = {
    Statement.POLICY: lambda: {"licences": TERMS.values()},
    Statement.PRIVACY: lambda: {"kinds": periods_of_kinds()},
    Statement.ACCESSIBILITY: lambda: {"results": published()},
}
