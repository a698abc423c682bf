"""Terms that end soon: appointed again, or followed by somebody else."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.actions import Actor
from foundation.db import clock
from foundation.ui.attempts import attempt, posted
from foundation.ui.paging import page_by_key
from members.actions import terms
from members.actions.terms import office_at_end
from members.forms.memberships import ReappointForm, SuccessorForm
from members.forms.search import PeopleSearchForm
from members.login import LoggedIn
from members.models import Membership, MembershipTerm, User, WorkingGroup
from members.models.placed import RosterOrder
from members.views._people import page_of_people
from members.views._roster import PEOPLE_PER_PAGE
from members.views.desk._shared import form_page, of_desk

DAY = timedelta(days=1)
DAYS_OF_A_YEAR = 365.25


@require_safe
@of_desk
def desk_expiring(request: LoggedIn, group: WorkingGroup) -> HttpResponse:
    people = MembershipTerm.objects.roster(group).expiring()
    page = page_by_key(people, ["valid_to", RosterOrder.ROSTER.key], request.GET, size=PEOPLE_PER_PAGE)
    return render(request, "members/desk/expiring.html", {"group": group, "page": page})


@form_page
@of_desk
def reappoint(request: LoggedIn, group: WorkingGroup, membership: Membership, term: int) -> HttpResponse:
    term = get_object_or_404(membership.terms.filter(valid_to__isnull=False).select_related("department"), pk=term)
    initial = {"seen": term.version, "valid_to": same_length(term)}
    form = ReappointForm(posted(request), initial=initial, office=office_at_end(term))
    if attempt(form, terms.reappoint, term=term, by=Actor.of(request)):
        messages.success(request, _("%sの再任を登録しました。") % membership.with_honorific)
        return redirect("members:desk_member", group.slug, membership.pk)
    begins = term.valid_to and term.valid_to + DAY
    context = {"group": group, "membership": membership, "term": term, "form": form, "begins": begins}
    return render(request, "members/desk/reappoint.html", context, status=form.status)


@require_safe
@of_desk
def choose_successor(request: LoggedIn, group: WorkingGroup, membership: Membership, term: int) -> HttpResponse:
    term = get_object_or_404(membership.terms, pk=term)
    form = PeopleSearchForm(request.GET)
    people = User.objects.visible_to(request.user).active().matching(form.words).exclude(pk=membership.user_id)
    context = {"group": group, "membership": membership, "term": term, "form": form}
    context["page"] = page_of_people(request, people)
    return render(request, "members/desk/choose_successor.html", context)


@form_page
@of_desk
def name_successor(
    request: LoggedIn, group: WorkingGroup, membership: Membership, term: int, user: int
) -> HttpResponse:
    term = get_object_or_404(membership.terms, pk=term)
    user = get_object_or_404(User.objects.visible_to(request.user).active(), pk=user)
    given: dict[str, Any] = {"group": group, "office": office_at_end(term), "initial": _proposed(term, user)}
    form = SuccessorForm(posted(request), **given)
    if attempt(form, terms.name_successor, term=term, user=user, by=Actor.of(request)):
        said = _("%(person)sを、%(before)sの後任として登録しました。")
        values = {"person": user.with_honorific, "before": membership.with_honorific}
        messages.success(request, said % values)
        return redirect("members:desk_members", group.slug)
    context = {"group": group, "membership": membership, "term": term, "person": user, "form": form}
    return render(request, "members/desk/name_successor.html", context, status=form.status)


def _proposed(term: MembershipTerm, user: User) -> dict[str, Any]:
    """From the day after the term that ends soon, for as long; where one leaves before, for the rest of it."""
    post = user.postings.current().order_by("-kind").first()
    known = {"department": post.department_id, "job_title": post.job_title} if post else {}
    ends_soon = MembershipTerm.objects.expiring().filter(pk=term.pk).exists()
    if term.valid_to and (ends_soon or term.valid_to < clock.today()):
        return {"valid_from": term.valid_to + DAY, "valid_to": same_length(term), **known}
    return {"valid_from": clock.today(), "valid_to": term.valid_to, **known}


def same_length(term: MembershipTerm) -> date | None:
    """As many years again as the term had, one at least, to the same day of the year."""
    if term.valid_to is None:
        return None
    years = max(1, round((term.valid_to - term.valid_from).days / DAYS_OF_A_YEAR))
    following = term.valid_to + DAY
    try:
        return following.replace(year=following.year + years) - DAY
    except ValueError:  # the day after 28 February of a leap year
        return term.valid_to.replace(year=term.valid_to.year + years)
