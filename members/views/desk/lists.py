"""The desk's list of who takes part, of who will or did, and its own order of the roster."""

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from foundation.actions import Actor
from foundation.ui.attempts import press
from foundation.ui.paging import page_by_key
from members.actions import memberships
from members.login import LoggedIn
from members.models import Membership, MembershipTerm, WorkingGroup
from members.models.placed import RosterOrder
from members.states import Channel
from members.views._roster import PEOPLE_PER_PAGE, roster_of
from members.views.desk._shared import of_desk


@require_safe
@of_desk
def desk_members(request: LoggedIn, group: WorkingGroup) -> HttpResponse:
    """Everybody of today, in one query for the page whatever the size of the group."""
    roster = roster_of(group, MembershipTerm.objects.roster(group), request.GET, at_desk=True)
    here = reverse("members:desk_members", args=[group.slug])
    channels = {value: str(words) for value, words in Channel.choices}
    rows = [
        (
            f"{here}{line.membership}/",
            str(line),
            line.office_name,
            line.post,
            line.category_name,
            channels[line.channel] if line.address else "",
        )
        for line in roster.page
    ]
    context = {"group": group, "roster": roster, "page": roster.page, "rows": rows}
    return render(request, "members/desk/members.html", context)


@require_safe
@of_desk
def desk_others(request: LoggedIn, group: WorkingGroup) -> HttpResponse:
    """Those to come, and those who left."""
    terms = MembershipTerm.objects.select_related("department").order_by("valid_from")
    today = MembershipTerm.objects.current().filter(group=group).values("membership")
    others = group.memberships.exclude(pk__in=today).select_related("user")
    others = others.prefetch_related(Prefetch("terms", terms))
    page = page_by_key(others, ["user__kana_key", "id"], request.GET, size=PEOPLE_PER_PAGE)
    return render(request, "members/desk/others.html", {"group": group, "page": page})


@require_safe
@of_desk
def desk_order(request: LoggedIn, group: WorkingGroup) -> HttpResponse:
    """The roster in the desk's own order, with a button up and a button down."""
    people = MembershipTerm.objects.roster(group).in_order(RosterOrder.ROSTER)
    page = page_by_key(people, [RosterOrder.ROSTER.key], request.GET, size=PEOPLE_PER_PAGE)
    return render(request, "members/desk/order.html", {"group": group, "page": page})


@require_POST
@of_desk
def move_member(request: LoggedIn, group: WorkingGroup, membership: Membership) -> HttpResponse:
    up = request.POST.get("up") == "1"
    press(request, memberships.move_member, membership=membership, by=Actor.of(request), up=up)
    return redirect(f"{reverse('members:desk_order', args=[group.slug])}#person-{membership.pk}")
