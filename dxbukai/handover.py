"""引継書: what the next person at the desk must know of a group, on one sheet of paper, from rows alone."""

from collections.abc import Iterator

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dxbukai import steps
from foundation.calendar import wareki
from foundation.db import clock
from meetings.models import Meeting
from members.login import LoggedIn
from members.models import IntroSheet, MembershipTerm, OfficeTerm, WorkingGroup
from members.models.placed import RosterOrder
from members.states import Category

# Of a large group the sheet names offices; the roster has the others.
MOST_NAMES = 40


@require_safe
def desk_handover(request: LoggedIn, slug: str) -> HttpResponse:
    groups = WorkingGroup.objects.run_by(request.user).select_related("contact_department", "predecessor")
    group = get_object_or_404(groups, slug=slug)
    people = list(MembershipTerm.objects.roster(group).in_order(RosterOrder.ROSTER)[: MOST_NAMES + 1])
    meetings = list(steps.with_progress(group.meetings.standing()).order_by("number"))
    context = {
        "group": group,
        "today": clock.today(),
        "offices": _with_office(group) if len(people) > MOST_NAMES else [],
        "by_category": _by_category(group, people) if len(people) <= MOST_NAMES else [],
        "grants": group.desk_grants.current().select_related("user").order_by("valid_from", "id"),
        "meetings": meetings,
        "open_points": [*_of_meetings(meetings), *_of_people(group)],
    }
    return render(request, "hub/handover.html", context)


def _with_office(group: WorkingGroup) -> list[MembershipTerm]:
    holders = OfficeTerm.objects.current().filter(group=group).values("membership")
    people = MembershipTerm.objects.roster(group).filter(membership__in=holders)
    return list(people.in_order(RosterOrder.ROSTER)[:MOST_NAMES])


def _by_category(group: WorkingGroup, people: list[MembershipTerm]) -> list[tuple[str, list[MembershipTerm]]]:
    found = [
        (str(group.category(category)), [term for term in people if term.category == category])
        for category in Category
    ]
    return [(words, terms) for words, terms in found if terms]


def _of_meetings(meetings: list[Meeting]) -> Iterator[str]:
    """What each meeting waits for; what was disposed of waits for nothing."""
    for meeting in meetings:
        step = None if meeting.disposed_on else steps.next_step(steps.steps(meeting))
        if step:
            values = {"number": meeting.number, "step": step.title, "note": step.note}
            told = (
                _("第%(number)s回：次は「%(step)s」（%(note)s）")
                if step.note
                else _("第%(number)s回：次は「%(step)s」")
            )
            yield told % values


def _of_people(group: WorkingGroup) -> Iterator[str]:
    waiting = IntroSheet.objects.waiting().filter(membership__group=group).count()
    if waiting:
        yield _("参加者への公開を待っている自己紹介シート：%s名分") % waiting
    for term in MembershipTerm.objects.roster(group).expiring().order_by("valid_to", RosterOrder.ROSTER.key):
        assert term.valid_to
        values = {"person": term.membership.user, "day": wareki.date(term.valid_to)}
        yield _("%(person)s：%(day)sに任期満了。再任又は後任が未登録") % values
    left = group.desk_grants.current().count()
    if left < 2:
        yield _("事務局の担当者：%s名（2名以上にしてください）") % left
