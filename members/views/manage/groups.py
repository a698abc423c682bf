from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.actions import Actor
from foundation.calendar import wareki
from foundation.db import clock
from foundation.ui.attempts import attempt, posted, press
from foundation.ui.paging import page_by_key
from members.actions import groups
from members.forms.groups import GrantForm, GroupForm, NextGroupForm
from members.forms.people import EndForm
from members.forms.search import PeopleSearchForm
from members.login import LoggedIn
from members.models import Municipality, User, WorkingGroup
from members.models.group import BY_YEAR
from members.views._fresh import ask_again
from members.views._people import page_of_people
from members.views.manage import administrators_only, form_page

GROUPS_PER_PAGE = 50


@require_safe
@administrators_only
def manage_groups(request: LoggedIn) -> HttpResponse:
    groups = WorkingGroup.objects.with_desk_count()
    page = page_by_key(groups, BY_YEAR, request.GET, size=GROUPS_PER_PAGE)
    return render(request, "members/manage/groups.html", {"page": page})


@require_safe
@administrators_only
def manage_group(request: LoggedIn, slug: str) -> HttpResponse:
    group = get_object_or_404(WorkingGroup.objects.with_desk_count().select_related("predecessor"), slug=slug)
    grants = group.desk_grants.select_related("user").order_by("valid_from", "id")
    context = {"group": group, "grants": grants, "today": clock.today(), "successor": group.successors.first()}
    return render(request, "members/manage/group.html", context)


@form_page
@administrators_only
def add_group(request: LoggedIn) -> HttpResponse:
    town = Municipality.objects.first()
    initial = {"fiscal_year": wareki.year_of_april(clock.today()), **(town.words if town else {})}
    form = GroupForm(posted(request), initial=initial)
    if group := attempt(form, groups.add_group, by=Actor.of(request)):
        messages.success(request, _("「%s」を登録しました。続けて、事務局の担当者を登録してください。") % group)
        return redirect("members:manage_group", group.slug)
    return render(request, "members/manage/edit_group.html", {"form": form}, status=form.status)


@form_page
@administrators_only
def add_next_group(request: LoggedIn, slug: str) -> HttpResponse:
    before = get_object_or_404(WorkingGroup.objects.select_related("contact_department"), slug=slug)
    form = NextGroupForm(posted(request), predecessor=before)
    if group := attempt(form, groups.add_next_group, predecessor=before, by=Actor.of(request)):
        said = _(
            "「%s」を作成しました。続けて、事務局の担当者を登録してください。"
            "参加者は、事務局が名簿の「参加者を追加する」で前年度から引き継ぎます。"
        )
        messages.success(request, said % group.with_year)
        return redirect("members:manage_group", group.slug)
    context = {"form": form, "before": before, "existing": before.successors.first()}
    return render(request, "members/manage/add_next_group.html", context, status=form.status)


@form_page
@administrators_only
def edit_group(request: LoggedIn, slug: str) -> HttpResponse:
    group = get_object_or_404(WorkingGroup, slug=slug)
    form = GroupForm(posted(request), instance=group)
    if attempt(form, groups.edit_group, group=group, by=Actor.of(request)):
        messages.success(request, _("「%s」を更新しました。") % group)
        return redirect("members:manage_group", group.slug)
    return render(request, "members/manage/edit_group.html", {"form": form, "group": group}, status=form.status)


# Who runs the desk


@require_safe
@administrators_only
def choose_desk(request: LoggedIn, slug: str) -> HttpResponse:
    group = get_object_or_404(WorkingGroup, slug=slug)
    form = PeopleSearchForm(request.GET)
    page = page_of_people(request, User.objects.visible_to(request.user).active().matching(form.words))
    return render(
        request,
        "members/manage/choose_desk.html",
        {"group": group, "form": form, "page": page},
        status=form.status,
    )


@form_page
@administrators_only
def grant_desk(request: LoggedIn, slug: str, user: int) -> HttpResponse:
    group = get_object_or_404(WorkingGroup, slug=slug)
    user = get_object_or_404(User.objects.visible_to(request.user).active(), pk=user)
    ask_again(request)
    form = GrantForm(posted(request), group=group)
    if attempt(form, groups.grant_desk, group=group, user=user, by=Actor.of(request)):
        said = _("%sに事務局の権限を付与し、メールでお知らせします。")
        without_mail = _("%sに事務局の権限を付与しました。メールアドレスの登録がないため、直接お知らせください。")
        messages.success(request, (said if user.address else without_mail) % user.with_honorific)
        return redirect("members:manage_group", group.slug)
    context = {"form": form, "group": group, "person": user, "title": _("事務局の権限")}
    return render(request, "members/manage/grant.html", context, status=form.status)


@require_POST
@administrators_only
def name_reviewer(request: LoggedIn, slug: str, grant: int) -> HttpResponse:
    group = get_object_or_404(WorkingGroup, slug=slug)
    grant = get_object_or_404(group.desk_grants.select_related("user"), pk=grant)
    reviews = bool(request.POST.get("reviews_data"))
    if reviews:
        ask_again(request)
    if press(request, groups.name_reviewer, grant=grant, by=Actor.of(request), reviews_data=reviews):
        said = _("%sをデータの確認の担当にしました。") if reviews else _("%sをデータの確認の担当から外しました。")
        messages.success(request, said % grant.user.with_honorific)
    return redirect("members:manage_group", group.slug)


@form_page
@administrators_only
def end_grant(request: LoggedIn, slug: str, grant: int) -> HttpResponse:
    group = get_object_or_404(WorkingGroup, slug=slug)
    grant = get_object_or_404(group.desk_grants.select_related("user"), pk=grant)
    form = EndForm(posted(request))
    if attempt(form, groups.end_grant, grant=grant, by=Actor.of(request)):
        messages.success(request, _("%sの事務局の権限に終了日を付けました。") % grant.user.with_honorific)
        return redirect("members:manage_group", group.slug)
    context = {"form": form, "group": group, "person": grant.user, "title": _("事務局の権限の終了")}
    return render(request, "members/manage/grant.html", context, status=form.status)
