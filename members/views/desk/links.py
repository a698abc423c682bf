"""Personal links at the desk: made anew, and printed for whom no mail reaches."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.actions import Actor
from foundation.ui import qr
from foundation.ui.attempts import press
from members import links
from members.actions import links as link_actions
from members.login import LoggedIn
from members.models import Membership, PersonalLink, WorkingGroup
from members.states import ANSWERED, Purpose
from members.views._fresh import fresh
from members.views.desk._shared import form_page, of_desk

# Each has a picture of its own, which takes its time.
SLIPS_PER_PAGE = 50


@require_POST
@of_desk
def reissue_link(request: LoggedIn, group: WorkingGroup, membership: Membership, link: int) -> HttpResponse:
    link = get_object_or_404(membership.links, pk=link)
    link_actions.reissue_link(link=link, by=Actor.of(request))
    messages.success(request, _("前のリンクとコードを使えなくし、新しくしました。"))
    return redirect("members:desk_member", group.slug, membership.pk)


@require_POST
@of_desk
def reissue_links(request: LoggedIn, group: WorkingGroup, membership: Membership) -> HttpResponse:
    link_actions.reissue_links(membership=membership, by=Actor.of(request))
    messages.success(request, _("この方の前のリンクとコードを、全て使えなくしました。"))
    return redirect("members:desk_member", group.slug, membership.pk)


@form_page
@of_desk
@fresh
def desk_slips(request: LoggedIn, group: WorkingGroup, purpose: str) -> HttpResponse:
    """A4: one slip for everybody whom no mail reaches. Making the links is a POST, looking is none."""
    if purpose not in ANSWERED:
        raise Http404
    if request.method == "POST":
        press(request, link_actions.make_slips, group=group, purpose=purpose, by=Actor.of(request))
        return redirect("members:desk_slips", group.slug, purpose)
    on_paper = group.memberships.current().without_email().in_roster_order()
    has_link = Exists(PersonalLink.objects.filter(membership=OuterRef("pk"), purpose=purpose))
    of_purpose = Prefetch("links", PersonalLink.objects.filter(purpose=purpose))
    made = on_paper.filter(has_link).select_related("user").prefetch_related(of_purpose)
    page = Paginator(made, SLIPS_PER_PAGE).get_page(request.GET.get("page"))
    missing = on_paper.exclude(has_link)
    context = {
        "group": group,
        "purpose": Purpose(purpose),
        "page": page,
        "slips": [_with_picture(row, link) for row in page for link in row.links.all()],
        "missing": list(missing.select_related("user")[:SLIPS_PER_PAGE]),
        "missing_count": missing.count(),
        "code_page": links.code_page(),
    }
    return render(request, "members/desk/slips.html", context)


def _with_picture(person: Membership, link: PersonalLink) -> tuple[Membership, dict[str, str]]:
    """Seventy characters are not typed from paper: a telephone reads them."""
    slip = links.slip(link)
    return person, slip | {"picture": qr.picture(slip["address"])}
