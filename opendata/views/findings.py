"""The pages on which a section goes through what was found in its table."""

from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.actions import Actor, Conflict
from foundation.http.in_place import asks_in_place
from foundation.ui.attempts import press, seen
from members.login import LoggedIn
from opendata import actions, policy
from opendata.forms import CellForm, ProposalsForm, RepairsForm
from opendata.models import DatasetVersion, Repair
from opendata.table import privacy, upgrading
from opendata.table.comments import comments_of
from opendata.table.kinds import NAMES
from opendata.table.naming import column_in_sight
from opendata.table.overview import decided, marked_rows, next_place, one_kind, overview, rows_with_marks
from opendata.views.maps import map_of, page_asked, points
from opendata.views.staff import facts_of, own_version
from tablecheck import Level

ROWS = 50


@require_safe
def findings(request: LoggedIn, slug: str) -> HttpResponse:
    version = own_version(request, slug)
    if not version.is_read:
        return redirect("opendata:work", slug)
    kind, number = request.GET.get("kind", ""), request.GET.get("page")
    context = {"facts": facts_of(version), **found(request, version, kind, number)}
    if kind in NAMES:
        return render(request, "opendata/findings_of_kind.html", context)
    return render(request, "opendata/findings.html", context)


def found(request: LoggedIn, version: DatasetVersion, kind: str, number: str | None) -> dict[str, Any]:
    """What was found and done, all of it or of a kind; `of` says to each form on which of the two it stands."""
    context = {
        "version": version,
        "dataset": version.dataset,
        "can_change": policy.can_change(request.user, version),
    }
    if kind in NAMES:
        group, page = one_kind(version, kind, number)
        privacy.name_cells(version, [group])
        return context | {"group": group, "page": page, "of": f"{kind} {page.number}"}
    context["comments"] = comments_of(version)
    is_older = upgrading.plan_of(version) is not None
    seen_at_once = overview(version)
    privacy.name_cells(version, seen_at_once.open)
    return context | {"overview": seen_at_once, "done": decided(version), "is_older": is_older, "of": ""}


@require_safe
def table(request: LoggedIn, slug: str) -> HttpResponse:
    version = own_version(request, slug)
    if not version.is_read:
        return redirect("opendata:work", slug)
    beside = map_of(version, version.columns, reverse("opendata:table_places", args=[slug]))
    context = table_of(version, request, marked_first=True) | beside
    context |= {"dataset": version.dataset, "facts": facts_of(version)}
    return render(request, "opendata/table.html", context)


@require_safe
def table_places(request: LoggedIn, slug: str) -> HttpResponse:
    version = own_version(request, slug)
    return points(version, version.columns, judged=True)


def table_of(version: DatasetVersion, request: LoggedIn, *, marked_first: bool = False) -> dict[str, Any]:
    """All of it, or its rows with findings alone: first to whoever mends them, unless a row is asked for."""
    marked = Paginator(marked_rows(version).order_by("row"), ROWS)
    whole = Paginator(version.rows.order_by("row"), ROWS)
    asked = request.GET.get("rows", "marked" if marked_first and "row" not in request.GET else "all")
    only_marked = asked == "marked" and marked.count > 0
    number = request.GET.get("page") if only_marked else page_asked(version, request.GET, ROWS)
    page = (marked if only_marked else whole).get_page(number)
    return {
        "version": version,
        "page": page,
        "rows": rows_with_marks(version, list(page)),
        "count": whole.count,
        "marked": marked.count,
        "only_marked": only_marked,
        "name": column_in_sight(version, version.columns),
    }


@require_POST
def accept_repairs(request: LoggedIn, slug: str) -> HttpResponse:
    no = _("修正の候補は、既に修正されているか、なくなっています。")
    accept = partial(actions.accept_repairs, **ProposalsForm(request.POST).chosen())
    return decide(request, slug, accept, _("%(count)sか所を修正しました。"), no)


@require_POST
def undo_repairs(request: LoggedIn, slug: str) -> HttpResponse:
    no = _("その後に別の値に変わっているため、元に戻しませんでした。")
    undo = partial(actions.undo_repairs, **RepairsForm(request.POST).chosen())
    return decide(request, slug, undo, _("%(count)sか所を元に戻しました。"), no)


def decide(request: LoggedIn, slug: str, do: Callable[..., int], yes: str, no: str) -> HttpResponse:
    version = own_version(request, slug)
    try:
        changed = do(version=version, by=Actor.of(request))
    except Conflict as conflict:
        messages.error(request, str(conflict))
    else:
        tell(request, changed, yes, no)
    return back(request, slug)


def upgrade(request: LoggedIn, slug: str) -> HttpResponse:
    """What becomes of each column in the present edition, before it does."""
    version = own_version(request, slug)
    plan = upgrading.plan_of(version)
    if plan is None or not policy.can_change(request.user, version):
        return redirect("opendata:findings", slug)
    if request.method == "POST":
        if press(request, actions.upgrade, version=version, by=Actor.of(request), seen=seen(request)):
            messages.success(request, _("現行の版に合わせました。「修正した箇所」から元に戻せます。"))
        return redirect("opendata:findings", slug)
    context = {"version": version, "dataset": version.dataset, "plan": plan}
    return render(request, "opendata/upgrade.html", context | {"shown": upgrading.preview(version, plan)})


@require_POST
def edit_cell(request: LoggedIn, slug: str) -> HttpResponse:
    version = own_version(request, slug)
    form = CellForm(request.POST)
    if not form.is_valid():
        for sentence in (sentence for errors in form.errors.values() for sentence in errors):
            messages.error(request, str(sentence))
        return back(request, slug)
    typed, alike = form.cleaned_data, form.cleaned_data.pop("alike")
    if alike:
        return edit_alike(request, version, code=alike, **typed)
    try:
        change = actions.edit_cell(version=version, by=Actor.of(request), **typed)
    except Conflict as conflict:
        context = {"conflict": conflict, "dataset": version.dataset, **typed}
        return render(request, "opendata/edit_cell.html", context, status=409)
    tell_of_cell(request, change)
    return back(request, slug, next_place(version, request.POST.get("at", ""), **typed))


def edit_alike(request: LoggedIn, version: DatasetVersion, *, row: int, **typed: Any) -> HttpResponse:
    """One line stands for many cells that hold the same: `row` is the first of them."""
    try:
        changed = actions.edit_alike(version=version, by=Actor.of(request), **typed)
    except Conflict as conflict:
        messages.error(request, str(conflict))
    else:
        tell(request, changed, _("%(count)sか所に保存しました。"), _("値は変わっていません。"))
    place = next_place(version, typed["code"], row=row, column=typed["column"])
    return back(request, version.dataset.slug, place)


def tell(request: LoggedIn, changed: int, yes: str, no: str) -> None:
    if changed:
        messages.success(request, yes % {"count": changed})
    else:
        messages.info(request, no)


def tell_of_cell(request: LoggedIn, change: Repair | None) -> None:
    """What was typed was judged again: it is called right only where nothing is said of it any more."""
    if change is None:
        messages.info(request, _("値は変わっていません。"))
        return
    said = change.version.findings.filter(row=change.row, column=change.column).exclude(level=Level.INFO)
    if standing := said.in_order().first():
        text = _("%(cell)sに保存しましたが、まだ指摘があります。%(message)s")
        messages.warning(request, text % {"cell": change.cell, "message": standing.message})
    else:
        text = _("%(cell)sを、入力した値に修正しました。")
        messages.success(request, text % {"cell": change.cell})


def back(request: LoggedIn, slug: str, place: str = "") -> HttpResponse:
    """To the list from which the button was pressed, and there to where one was."""
    kind, _space, number = request.POST.get("of", "").partition(" ")
    kind = kind if kind in NAMES else ""
    if asks_in_place(request):
        context = found(request, own_version(request, slug), kind, number)
        return render(request, "opendata/_found_changes.html", context)
    query = "?" + urlencode({"kind": kind, "page": number}) if kind else ""
    at = request.POST.get("at", "")
    place = place or (at if at in NAMES or at == "comments" else "")
    return redirect(reverse("opendata:findings", args=[slug]) + query + (f"#{place}" if place else ""))
