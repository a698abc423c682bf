"""Inside a group: who takes part, and what they tell of themselves."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.db import clock
from members.login import LoggedIn
from members.models import IntroSheet, Membership, MembershipTerm, WorkingGroup
from members.papers import roster_table
from members.policy import can_run_desk
from members.views._roster import order_of, roster_of
from members.views._sheet import keep_draft, sheet_page


@require_safe
def roster(request: LoggedIn, slug: str) -> HttpResponse:
    group = get_object_or_404(WorkingGroup.objects.with_roster_for(request.user), slug=slug)
    roster = roster_of(group, MembershipTerm.objects.roster(group), request.GET, at_desk=False)
    people = [term.membership_id for term in roster.page]
    readable = IntroSheet.objects.visible_to(request.user).submitted().filter(membership__in=people)
    sheets = dict(readable.values_list("membership", "pk"))
    rows = [(term, sheets.get(term.membership_id)) for term in roster.page]
    context = {"group": group, "roster": roster, "rows": rows, "page": roster.page, "today": clock.today()}
    return render(request, "members/roster.html", context)


@require_safe
def roster_csv(request: LoggedIn, slug: str) -> HttpResponse:
    """For a spreadsheet: what this person may see of everybody of today, in the order of the page."""
    group = get_object_or_404(WorkingGroup.objects.with_roster_for(request.user), slug=slug)
    people = MembershipTerm.objects.roster(group).in_order(order_of(request.GET))
    paper = roster_table(group, people, for_desk=can_run_desk(request.user, group))
    headers = {"Content-Disposition": f'attachment; filename="{group.slug}-roster.csv"'}
    return HttpResponse(paper.content, content_type="text/csv; charset=utf-8", headers=headers)


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
