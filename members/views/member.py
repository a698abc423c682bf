"""Inside a group: who takes part, and what they tell of themselves."""

from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.db import clock
from members.login import LoggedIn
from members.models import IntroSheet, Membership, MembershipTerm, SheetPhoto, WorkingGroup
from members.papers import roster_table
from members.policy import can_run_desk, is_locked
from members.views._roster import order_of, roster_of
from members.views._sheet import (
    SheetDoor,
    has_photo,
    keep_draft,
    photo_page,
    picture,
    sheet_page,
    take_photo_away,
    withdraw,
)

PHOTOS_OF_SHEET = SheetPhoto.objects.filter(sheet__membership=OuterRef("pk"))


@require_safe
def roster(request: LoggedIn, slug: str) -> HttpResponse:
    group = get_object_or_404(WorkingGroup.objects.with_roster_for(request.user), slug=slug)
    roster = roster_of(group, MembershipTerm.objects.roster(group), request.GET, at_desk=False)
    people = [line.membership for line in roster.page]
    readable = IntroSheet.objects.visible_to(request.user).submitted().filter(membership__in=people)
    sheets = dict(readable.values_list("membership", "pk"))
    place = reverse("members:sheets", args=[slug])
    rows = [
        (
            str(line),
            line.kana,
            line.post,
            line.category_name,
            line.office_name,
            f"{place}{sheets[line.membership]}/" if line.membership in sheets else "",
        )
        for line in roster.page
    ]
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
    people = people.select_related("user", "sheet").annotate(has_photo=Exists(PHOTOS_OF_SHEET))
    context = {"group": group, "people": people, "own": own, "is_locked": own is not None and is_locked(own)}
    return render(request, "members/sheets.html", context)


@require_safe
def sheet(request: LoggedIn, slug: str, pk: int) -> HttpResponse:
    sheet = _readable(request, slug, pk)
    person = Membership.objects.current().select_related("user").filter(pk=sheet.membership_id).first()
    context = {
        "sheet": sheet,
        "group": sheet.membership.group,
        "person": person or sheet.membership,
        "photo": has_photo(sheet),
        "is_locked": is_locked(sheet.membership),
    }
    return render(request, "members/sheet.html", context)


@require_safe
def sheet_photo(request: LoggedIn, slug: str, pk: int) -> HttpResponse:
    """For whoever may read the sheet, and nobody else."""
    return picture(_readable(request, slug, pk))


@require_http_methods(["GET", "HEAD", "POST"])
def edit_sheet(request: LoggedIn, slug: str) -> HttpResponse:
    return sheet_page(request, _own_membership(request, slug), _door(slug), "members/edit_sheet.html")


@require_POST
def save_sheet_draft(request: LoggedIn, slug: str) -> HttpResponse:
    return keep_draft(request, _own_membership(request, slug))


@require_http_methods(["GET", "HEAD", "POST"])
def edit_photo(request: LoggedIn, slug: str) -> HttpResponse:
    return photo_page(request, _own_membership(request, slug), _door(slug), "members/edit_photo.html")


@require_POST
def remove_photo(request: LoggedIn, slug: str) -> HttpResponse:
    return take_photo_away(request, _own_membership(request, slug), _door(slug))


@require_POST
def withdraw_consent(request: LoggedIn, slug: str) -> HttpResponse:
    return withdraw(request, _own_membership(request, slug), _door(slug))


def _door(slug: str) -> SheetDoor:
    return SheetDoor(
        sheet_url=reverse("members:edit_sheet", args=[slug]),
        draft_url=reverse("members:save_sheet_draft", args=[slug]),
        edit_photo_url=reverse("members:edit_photo", args=[slug]),
        remove_photo_url=reverse("members:remove_photo", args=[slug]),
        photo_url=reverse("members:own_photo", args=[slug]),
        withdraw_url=reverse("members:withdraw_consent", args=[slug]),
    )


@require_safe
def own_photo(request: LoggedIn, slug: str) -> HttpResponse:
    return picture(IntroSheet.objects.filter(membership=_own_membership(request, slug)).first())


def _readable(request: LoggedIn, slug: str, pk: int) -> IntroSheet:
    visible = IntroSheet.objects.visible_to(request.user).filter(membership__group__slug=slug)
    return get_object_or_404(visible.select_related("membership__group", "membership__user"), pk=pk)


def _own_membership(request: LoggedIn, slug: str) -> Membership:
    own = Membership.objects.visible_to(request.user).filter(user=request.user, group__slug=slug)
    return get_object_or_404(own.select_related("user", "group__contact_department"))
