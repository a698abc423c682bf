"""Inside a group: who takes part, and what they tell of themselves."""

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members.login import LoggedIn
from members.models import IntroSheet, Membership, WorkingGroup
from members.policy import can_read_roster
from members.views._sheet import keep_draft, sheet_page

PER_PAGE = 100


@require_safe
def roster(request: LoggedIn, slug: str) -> HttpResponse:
    group = get_object_or_404(WorkingGroup.objects.visible_to(request.user), slug=slug)
    if not can_read_roster(request.user, group):
        raise Http404
    readable = Prefetch("sheet", IntroSheet.objects.visible_to(request.user).submitted())
    people = group.memberships.current().in_roster_order().select_related("user").prefetch_related(readable)
    page = Paginator(people, PER_PAGE).get_page(request.GET.get("page"))
    offices = {term.membership_id: term for term in group.office_terms.current()}
    rows = [(person, offices.get(person.pk), getattr(person, "sheet", None)) for person in page]
    return render(request, "members/roster.html", {"group": group, "rows": rows, "page": page})


@require_safe
def sheets(request: LoggedIn, slug: str) -> HttpResponse:
    group = get_object_or_404(WorkingGroup.objects.inside_for(request.user), slug=slug)
    people = group.memberships.current().in_roster_order().filter(sheet__in=IntroSheet.objects.shown())
    own = group.memberships.filter(user=request.user).first()
    context = {"group": group, "people": people.select_related("user", "sheet"), "own": own}
    return render(request, "members/sheets.html", context)


@require_safe
def sheet(request: LoggedIn, slug: str, pk: int) -> HttpResponse:
    visible = IntroSheet.objects.visible_to(request.user).filter(membership__group__slug=slug)
    sheet = get_object_or_404(visible.select_related("membership__group", "membership__user"), pk=pk)
    person = Membership.objects.current().select_related("user").filter(pk=sheet.membership_id).first()
    context = {"sheet": sheet, "group": sheet.membership.group, "person": person or sheet.membership}
    return render(request, "members/sheet.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_sheet(request: LoggedIn, slug: str) -> HttpResponse:
    return sheet_page(
        request,
        _own_membership(request, slug),
        template="members/edit_sheet.html",
        here=reverse("members:edit_sheet", args=[slug]),
        draft_url=reverse("members:save_sheet_draft", args=[slug]),
    )


@require_POST
def save_sheet_draft(request: LoggedIn, slug: str) -> HttpResponse:
    return keep_draft(request, _own_membership(request, slug))


def _own_membership(request: LoggedIn, slug: str) -> Membership:
    own = Membership.objects.visible_to(request.user).filter(user=request.user, group__slug=slug)
    return get_object_or_404(own.select_related("user", "group__contact_department"))
