"""Many people at once: ticked in the register or in last year's roster, and added on one page."""

from collections.abc import Iterable
from datetime import date

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.actions import Actor
from foundation.db import clock
from foundation.ui.attempts import attempt, posted
from members.actions import memberships
from members.forms.adding import AddMembersForm, Newcomer, category_of
from members.forms.search import PeopleSearchForm
from members.login import LoggedIn
from members.models import MembershipTerm, Posting, User, WorkingGroup
from members.models.membership import MembershipTermQuerySet
from members.views._people import page_of_people
from members.views.desk._shared import form_page, of_desk


@require_safe
@of_desk
def choose_people(request: LoggedIn, group: WorkingGroup) -> HttpResponse:
    """The first step: who? What was ticked on another page, or before another search, stays ticked."""
    form = PeopleSearchForm(request.GET)
    before = group.predecessor
    from_before = before is not None and "last_year" in request.GET
    chosen = _asked_for(request, request.GET)
    people = User.objects.visible_to(request.user).active().matching(form.words)
    if before and from_before:
        people = people.filter(pk__in=_of_roster(before).values("membership__user"))
    people = people.exclude(pk__in=[person.pk for person in chosen]).annotate(is_namesake=_namesakes())
    context = {
        "group": group,
        "form": form,
        "words": form.words,
        "page": page_of_people(request, people),
        "chosen": _as_newcomers(chosen, _first_day(group)),
        "present": set(_of_roster(group).values_list("membership__user", flat=True)),
        "before": before,
        "from_before": from_before,
    }
    return render(request, "members/desk/choose_people.html", context)


@form_page
@of_desk
def add_members(request: LoggedIn, group: WorkingGroup) -> HttpResponse:
    """The second step: as what, and from when; everybody with the post that is known of them."""
    chosen = _asked_for(request, request.POST if request.method == "POST" else request.GET)
    if not chosen:
        messages.error(request, _("どなたも選ばれていません。登録する方にチェックを入れてください。"))
        return redirect("members:choose_people", group.slug)
    first_day = _first_day(group)
    newcomers = _as_newcomers(chosen, first_day)
    form = AddMembersForm(posted(request), initial={"valid_from": first_day}, group=group, newcomers=newcomers)
    if added := attempt(form, memberships.add_members, group=group, by=Actor.of(request)):
        messages.success(request, _("%(count)s名を名簿に登録しました。") % {"count": len(added)})
        return redirect("members:desk_members", group.slug)
    context = {"group": group, "form": form}
    return render(request, "members/desk/add_members.html", context, status=form.status)


def _asked_for(request: LoggedIn, sent: QueryDict) -> list[User]:
    numbers = [number for number in sent.getlist("user") if number.isdecimal() and len(number) < 19]
    people = User.objects.visible_to(request.user).active().filter(pk__in=numbers)
    return list(people.annotate(is_namesake=_namesakes()).in_kana_order())


def _of_roster(group: WorkingGroup) -> MembershipTermQuerySet:
    return MembershipTerm.objects.current().filter(group=group)


def _namesakes() -> Exists:
    same = User.objects.active().filter(family_name=OuterRef("family_name"), given_name=OuterRef("given_name"))
    return Exists(same.exclude(pk=OuterRef("pk")))


def _first_day(group: WorkingGroup) -> date:
    """A group begins with its year, and so do its first people; who comes later comes today."""
    year_begins = date(group.fiscal_year, 4, 1)
    later = MembershipTerm.objects.filter(group=group).exclude(valid_from=year_begins)
    return clock.today() if later.exists() else year_begins


def _as_newcomers(people: Iterable[User], first_day: date) -> list[Newcomer]:
    """With the main post of the day, of today where that has passed; or as they are known in another group."""
    people = list(people)
    day = max(first_day, clock.today())
    posts = Posting.objects.on(day).filter(user__in=people).select_related("department")
    posts_of = {post.user_id: post for post in posts.order_by("kind", "valid_from")}
    terms = MembershipTerm.objects.filter(membership__user__in=people, department=None).exclude(affiliation="")
    known = {term.membership.user_id: term for term in terms.select_related("membership").order_by("valid_from")}
    return [_newcomer(person, posts_of.get(person.pk), known.get(person.pk)) for person in people]


def _newcomer(person: User, post: Posting | None, known: MembershipTerm | None) -> Newcomer:
    section = post.department if post else None
    source = post or known
    return Newcomer(
        user=person,
        department=section,
        affiliation="" if post or not known else known.affiliation,
        job_title=source.job_title if source else "",
        category=known.category if known and not section else category_of(section),
        is_namesake=getattr(person, "is_namesake", False),
    )
