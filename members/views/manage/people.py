from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.actions import Actor
from foundation.db import clock
from foundation.ui.attempts import attempt, posted, press
from members import factors, sessions
from members.actions import factors as factor_actions, people, sessions as session_actions
from members.forms.factors import ResetFactorForm
from members.forms.people import CorrectPostingForm, EndForm, NewPersonForm, PersonForm, PostingForm
from members.forms.search import PeopleSearchForm
from members.login import LoggedIn, with_desk
from members.models import User
from members.views._fresh import ask_again, fresh
from members.views._people import page_of_people
from members.views.manage import administrators_only, form_page

RIGHTS = ("is_administrator", "is_data_steward")


@require_safe
@administrators_only
def manage_people(request: LoggedIn) -> HttpResponse:
    form = PeopleSearchForm(request.GET)
    page = page_of_people(request, User.objects.visible_to(request.user).matching(form.words))
    return render(request, "members/manage/people.html", {"form": form, "page": page})


@form_page
@administrators_only
def add_person(request: LoggedIn) -> HttpResponse:
    if any(right in request.POST for right in RIGHTS):
        ask_again(request)
    form = NewPersonForm(posted(request))
    if person := attempt(form, people.add_person, by=Actor.of(request)):
        messages.success(request, _("%sを登録しました。") % person.with_honorific)
        return redirect("members:manage_people")
    return render(request, "members/manage/add_person.html", {"form": form}, status=form.status)


@form_page
@administrators_only
def edit_person(request: LoggedIn, pk: int) -> HttpResponse:
    person = get_object_or_404(with_desk(User.objects.visible_to(request.user)), pk=pk)
    if request.method == "POST" and _opens_a_door(request, person):
        ask_again(request)
    form = PersonForm(posted(request), instance=person)
    if attempt(form, people.edit_person, person=person, by=Actor.of(request)):
        messages.success(request, _("%sの登録を更新しました。") % person.with_honorific)
        return redirect("members:edit_person", person.pk)
    postings = person.postings.select_related("department").order_by("-valid_from")
    context = {
        "form": form,
        "person": person,
        "postings": postings,
        "today": clock.today(),
        "factors": [factors.in_words(factor) for factor in factors.of(person)],
        "sessions": sessions.of(person).count(),
        "merges": person.merges.standing().select_related("other"),
        "merged_into": person.merged.standing().select_related("kept").first(),
    }
    return render(request, "members/manage/person.html", context, status=form.status)


def _opens_a_door(request: LoggedIn, person: User) -> bool:
    """Whether this gives a right, lets somebody in again, or gives another address by which to log in."""
    becomes = any(name in request.POST and not getattr(person, name) for name in (*RIGHTS, "is_active"))
    return becomes or request.POST.get("email", "").strip() not in {"", person.email}


@form_page
@administrators_only
@fresh
def reset_factor(request: LoggedIn, pk: int) -> HttpResponse:
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    form = ResetFactorForm(posted(request))
    if attempt(form, factor_actions.reset_factor, person=person, by=Actor.of(request)):
        messages.success(request, _("%sの二段階認証の登録を取り消しました。") % person.with_honorific)
        return redirect("members:edit_person", person.pk)
    return render(request, "members/manage/reset_factor.html", {"form": form, "person": person})


@require_POST
@administrators_only
def end_sessions(request: LoggedIn, pk: int) -> HttpResponse:
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    session_actions.end_sessions(person=person, by=Actor.of(request))
    messages.success(request, _("%sの全ての端末のログインを終了しました。") % person.with_honorific)
    return redirect("members:edit_person", person.pk)


@form_page
@administrators_only
def add_posting(request: LoggedIn, pk: int) -> HttpResponse:
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    initial = {"valid_from": clock.today()}
    form = PostingForm(posted(request), initial=initial)
    if attempt(form, people.add_posting, person=person, by=Actor.of(request)):
        return _kept(request, person)
    context = {"form": form, "person": person, "title": _("配属の登録")}
    return render(request, "members/manage/posting.html", context, status=form.status)


@form_page
@administrators_only
def end_posting(request: LoggedIn, pk: int, posting: int) -> HttpResponse:
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    posting = get_object_or_404(person.postings.select_related("department"), pk=posting)
    form = EndForm(posted(request))
    if attempt(form, people.end_posting, posting=posting, by=Actor.of(request)):
        return _kept(request, person)
    context = {"form": form, "person": person, "posting": posting, "title": _("配属の終了")}
    return render(request, "members/manage/posting.html", context, status=form.status)


@form_page
@administrators_only
def correct_posting(request: LoggedIn, pk: int, posting: int) -> HttpResponse:
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    posting = get_object_or_404(person.postings.select_related("department"), pk=posting)
    form = CorrectPostingForm(posted(request), instance=posting)
    if attempt(form, people.correct_posting, posting=posting, by=Actor.of(request)):
        return _kept(request, person)
    context = {"form": form, "person": person, "correcting": posting, "title": _("配属の訂正")}
    return render(request, "members/manage/posting.html", context, status=form.status)


@require_POST
@administrators_only
def remove_posting(request: LoggedIn, pk: int, posting: int) -> HttpResponse:
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    posting = get_object_or_404(person.postings.select_related("department"), pk=posting)
    said = _("%sへの配属の登録を取り消しました。") % posting.department
    if press(request, people.remove_posting, posting=posting, by=Actor.of(request)):
        messages.success(request, said)
    return redirect("members:edit_person", person.pk)


def _kept(request: LoggedIn, person: User) -> HttpResponse:
    messages.success(request, _("%sの登録を更新しました。") % person.with_honorific)
    return redirect("members:edit_person", person.pk)
