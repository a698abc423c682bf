"""Somebody was registered twice: find the other registration, see what would go over, and take it back."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.actions import Actor
from foundation.ui.attempts import attempt, posted, press
from members.actions import merging
from members.forms.merging import MergePersonForm
from members.forms.search import PeopleSearchForm
from members.login import LoggedIn, with_desk
from members.merging import plan
from members.models import PersonMerge, User
from members.models.user import UserQuerySet
from members.views._fresh import ask_again, fresh
from members.views._people import page_of_people
from members.views.manage import administrators_only, form_page


@require_safe
@administrators_only
def choose_duplicate(request: LoggedIn, pk: int) -> HttpResponse:
    """Those with the same name and reading stand there before anybody searches."""
    person = get_object_or_404(_mergeable(request), pk=pk)
    form = PeopleSearchForm(request.GET)
    others = _mergeable(request).exclude(pk__in=[person.pk, request.user.pk])
    if form.words:
        others = others.matching(form.words)
    else:
        others = others.filter(pk__in=[other.pk for other in User.objects.namesakes(person)])
    context = {"person": person, "form": form, "page": page_of_people(request, others)}
    return render(request, "members/manage/choose_duplicate.html", context)


@form_page
@administrators_only
@fresh
def merge_person(request: LoggedIn, pk: int, other: int) -> HttpResponse:
    kept = get_object_or_404(_mergeable(request), pk=pk)
    duplicate = get_object_or_404(_mergeable(request), pk=other)
    if duplicate in (kept, request.user):
        raise Http404
    decided = plan(kept, duplicate)
    form = MergePersonForm(posted(request), kept=kept, other=duplicate, initial={"shown": decided.digest})
    if attempt(form, merging.merge_person, kept=kept, other=duplicate, by=Actor.of(request)):
        messages.success(request, _("重複した登録を統合しました。"))
        return redirect("members:edit_person", kept.pk)
    context = {"form": form, "kept": kept, "other": duplicate, "plan": decided}
    return render(request, "members/manage/merge_person.html", context, status=form.status)


@require_POST
@administrators_only
def undo_merge(request: LoggedIn, pk: int, merge: int) -> HttpResponse:
    ask_again(request)
    row = get_object_or_404(PersonMerge.objects.select_related("kept", "other"), pk=merge, kept=pk)
    if press(request, merging.undo_merge, merge=row, by=Actor.of(request)):
        messages.success(request, _("統合を取り消し、二つの登録に戻しました。"))
    return redirect("members:edit_person", row.kept_id)


def _mergeable(request: LoggedIn) -> UserQuerySet:
    """Who is merged already is no longer a registration of anybody."""
    people = with_desk(User.objects.visible_to(request.user))
    return people.exclude(merged__in=PersonMerge.objects.standing())
