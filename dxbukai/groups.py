"""The groups, and the page of each: for citizens what it does, for its people what comes next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from dxbukai import series
from foundation.http.citizens import for_citizens
from foundation.ui.paging import page_by_key
from meetings import policy
from meetings.models import DatePoll, Meeting
from members import rules
from members.models import MembershipTerm, WorkingGroup
from members.models.group import BY_YEAR
from reports.models import Report

GROUPS_PER_PAGE = 50


@for_citizens
@require_safe
def groups(request: HttpRequest) -> HttpResponse:
    visible = WorkingGroup.objects.visible_to(request.user)
    page = page_by_key(visible, BY_YEAR, request.GET, size=GROUPS_PER_PAGE)
    return render(request, "hub/groups.html", {"page": page})


@for_citizens
@require_safe
def group(request: HttpRequest, slug: str) -> HttpResponse:
    """Reports for everybody; inside, the meetings to come and the pages of the group."""
    visible = WorkingGroup.objects.visible_to(request.user).select_related("contact_department")
    group = get_object_or_404(visible, slug=slug)
    user = request.user
    context = {
        "group": group,
        "named": [
            (term, group.category(term.category), group.office(term.office) if term.office else "")
            for term in MembershipTerm.objects.named_to_citizens(group)
        ],
        "unnamed": MembershipTerm.objects.unnamed_to_citizens(group),
        "coming": [(meeting, policy.tells_citizens(meeting)) for meeting in series.coming().filter(group=group)],
        "reports": Report.objects.readable_by(user)
        .filter(meeting__group=group)
        .select_related("meeting", "public")
        .defer("public__folded", "public__grams")
        .order_by("-meeting__number"),
        "meetings": Meeting.objects.visible_to(user).announced().filter(group=group).order_by("-number"),
        "called_off": list(Meeting.objects.called_off_for(user).filter(group=group, announced_at__isnull=False)),
        "polls": DatePoll.objects.open_for(user).filter(meeting__group=group).select_related("meeting__group")
        if user.is_authenticated
        else [],
        # Asked for where there is no meeting to show.
        "disposed": group.meetings.filter(disposed_on__isnull=False).order_by("-disposed_on"),
        "joined": user.is_authenticated and WorkingGroup.objects.joined_by(user).filter(pk=group.pk).exists(),
        "runs": rules.runs_desk(user, group.pk),
    }
    return render(request, "hub/group.html", context)
