from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.actions import Actor
from foundation.db import clock
from foundation.ui.attempts import attempt, posted
from foundation.ui.paging import page_by_key
from members import usual
from members.actions import departments
from members.forms.departments import DepartmentForm, EndDepartmentForm, JobTitlesForm, ReopenDepartmentForm
from members.login import LoggedIn
from members.models import Department, JobTitle
from members.views.manage import administrators_only, form_page

DEPARTMENTS_PER_PAGE = 50


@require_safe
@administrators_only
def manage_departments(request: LoggedIn) -> HttpResponse:
    """Those that are there or will be, in the order of the organisation; with `ended`, those that were."""
    has_ended = Q(valid_to__lt=clock.today())
    ended = "ended" in request.GET
    departments = Department.objects.filter(has_ended if ended else ~has_ended).select_related(
        "successor", "parent"
    )
    page = page_by_key(departments, ["path", "id"], request.GET, size=DEPARTMENTS_PER_PAGE)
    return render(request, "members/manage/departments.html", {"page": page, "ended": ended})


@form_page
@administrators_only
def add_department(request: LoggedIn) -> HttpResponse:
    initial = {"valid_from": clock.today()}
    form = DepartmentForm(posted(request), initial=initial)
    if department := attempt(form, departments.add_department, by=Actor.of(request)):
        messages.success(request, _("「%s」を登録しました。") % department)
        return redirect("members:manage_departments")
    return render(request, "members/manage/department.html", {"form": form}, status=form.status)


@form_page
@administrators_only
def edit_department(request: LoggedIn, pk: int) -> HttpResponse:
    department = get_object_or_404(Department, pk=pk)
    form = DepartmentForm(posted(request), instance=department)
    action = departments.edit_department
    if attempt(form, action, department=department, by=Actor.of(request)):
        messages.success(request, _("「%s」を更新しました。") % department)
        return redirect("members:manage_departments")
    return render(
        request, "members/manage/department.html", {"form": form, "department": department}, status=form.status
    )


@form_page
@administrators_only
def end_department(request: LoggedIn, pk: int) -> HttpResponse:
    department = get_object_or_404(Department, pk=pk)
    form = EndDepartmentForm(posted(request), department=department)
    action = departments.end_department
    if attempt(form, action, department=department, by=Actor.of(request)):
        messages.success(request, _("「%s」の終了日を登録しました。") % department)
        return redirect("members:manage_departments")
    return render(
        request, "members/manage/end_department.html", {"form": form, "department": department}, status=form.status
    )


@form_page
@administrators_only
def reopen_department(request: LoggedIn, pk: int) -> HttpResponse:
    department = get_object_or_404(Department.objects.select_related("successor"), pk=pk, valid_to__isnull=False)
    form = ReopenDepartmentForm(posted(request), initial={"seen": department.version})
    action = departments.reopen_department
    came_back = attempt(form, action, department=department, by=Actor.of(request))
    if came_back is not None:
        said = _("「%(name)s」の廃止を取り消しました。")
        if came_back:
            said = _("「%(name)s」の廃止を取り消し、移していた配属と参加（%(count)s件）を元に戻しました。")
        messages.success(request, said % {"name": department, "count": came_back})
        return redirect("members:manage_departments")
    context = {"form": form, "department": department}
    return render(request, "members/manage/reopen_department.html", context, status=form.status)


@form_page
@administrators_only
def edit_job_titles(request: LoggedIn) -> HttpResponse:
    """In which order the town's rosters name its people; before there is one, a usual one is proposed."""
    stored = list(JobTitle.objects.values_list("name", flat=True))
    form = JobTitlesForm(posted(request), initial={"titles": "\n".join(stored or usual.TITLES)})
    if attempt(form, departments.edit_job_titles, by=Actor.of(request)) is not None:
        messages.success(request, _("職名の順を更新しました。"))
        return redirect("members:edit_job_titles")
    context = {"form": form, "stored": bool(stored)}
    return render(request, "members/manage/edit_job_titles.html", context, status=form.status)
