"""The desk keeps what its group's people are: terms and offices."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.actions import Actor
from foundation.db import clock
from foundation.ui.attempts import attempt, posted
from foundation.ui.forms import Portal
from members.actions import memberships
from members.forms.memberships import ChangePostForm, OfficeForm, TermForm
from members.forms.people import EndForm
from members.login import LoggedIn
from members.models import Membership, MembershipTerm, WorkingGroup
from members.views.desk._shared import form_page, of_desk


@require_safe
@of_desk
def desk_member(request: LoggedIn, group: WorkingGroup, membership: Membership) -> HttpResponse:
    """One person in the group: terms, offices, links, and what can be done."""
    context = {
        "group": group,
        "membership": membership,
        "terms": membership.terms.select_related("department").order_by("valid_from"),
        "offices": membership.office_terms.order_by("valid_from"),
        "links": membership.links.order_by("purpose"),
        "today": clock.today(),
    }
    return render(request, "members/desk/member.html", context)


@form_page
@of_desk
def change_post(request: LoggedIn, group: WorkingGroup, membership: Membership) -> HttpResponse:
    """From 1 April in another section: the old term stays as it was."""
    term = membership.term_on(clock.today()) or membership.terms.order_by("valid_from").last()
    given = {"initial": {"valid_from": None}, "instance": MembershipTerm(**_post_of(term))}
    form = ChangePostForm(posted(request), **given, group=group)
    return _term_page(request, form, memberships.change_post, membership, _("職名・所属の変更"))


@form_page
@of_desk
def correct_term(request: LoggedIn, group: WorkingGroup, membership: Membership, term: int) -> HttpResponse:
    term = get_object_or_404(membership.terms, pk=term)
    form = TermForm(posted(request), instance=term, group=group)
    if attempt(form, memberships.correct_term, term=term, by=Actor.of(request)):
        return _kept(request, membership)
    return _form_page(request, form, membership, _("登録内容の訂正"))


@form_page
@of_desk
def end_membership(request: LoggedIn, group: WorkingGroup, membership: Membership) -> HttpResponse:
    form = EndForm(posted(request))
    return _term_page(request, form, memberships.end_membership, membership, _("参加の終了"))


# Offices


@form_page
@of_desk
def give_office(request: LoggedIn, group: WorkingGroup, membership: Membership) -> HttpResponse:
    form = OfficeForm(posted(request), group=group)
    return _term_page(request, form, memberships.give_office, membership, _("役職"))


@form_page
@of_desk
def end_office(request: LoggedIn, group: WorkingGroup, membership: Membership, office: int) -> HttpResponse:
    office = get_object_or_404(membership.office_terms, pk=office)
    form = EndForm(posted(request))
    if attempt(form, memberships.end_office, office_term=office, by=Actor.of(request)):
        return _kept(request, membership)
    return _form_page(request, form, membership, _("役職の終了"))


# What the pages share


def _term_page(
    request: LoggedIn, form: Portal, action: Callable[..., Any], membership: Membership, title: str
) -> HttpResponse:
    if attempt(form, action, membership=membership, by=Actor.of(request)):
        return _kept(request, membership)
    return _form_page(request, form, membership, title)


def _form_page(request: LoggedIn, form: Portal, membership: Membership, title: str) -> HttpResponse:
    context = {"form": form, "membership": membership, "group": membership.group, "title": title}
    return render(request, "members/desk/member_form.html", context, status=form.status)


def _kept(request: LoggedIn, membership: Membership) -> HttpResponse:
    messages.success(request, _("%(person)sの登録を更新しました。") % {"person": membership.with_honorific})
    return redirect("members:desk_member", membership.group.slug, membership.pk)


def _post_of(term: MembershipTerm | None) -> dict[str, Any]:
    """What a new term carries on unless it is changed."""
    if term is None:
        return {}
    names = ["category", "department", "affiliation", "job_title"]
    return {name: getattr(term, name) for name in names}
