"""The town hall itself, and the days on which it is closed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_POST, require_safe

from foundation.actions import Actor
from foundation.ui.attempts import attempt, posted, press
from members.actions import municipality as actions
from members.forms.municipality import ClosedDaysForm, MunicipalityForm
from members.models import ClosedDay, Municipality
from members.models.municipality import UNREGISTERED
from members.views.manage import administrators_only, form_page


@form_page
@administrators_only
def edit_municipality(request: HttpRequest) -> HttpResponse:
    town = Municipality.objects.first()
    form = MunicipalityForm(
        posted(request), request.FILES or None, instance=town or Municipality(version=UNREGISTERED)
    )
    if attempt(form, actions.edit_municipality, by=Actor.of(request)):
        messages.success(request, _("団体の情報を更新しました。"))
        return redirect("members:edit_municipality")
    context = {"form": form, "town": town}
    return render(request, "members/manage/edit_municipality.html", context, status=form.status)


@require_safe
@administrators_only
def closed_days(request: HttpRequest) -> HttpResponse:
    return render(request, "members/manage/closed_days.html", {"closed_days": ClosedDay.objects.all()})


@form_page
@administrators_only
def add_closed_days(request: HttpRequest) -> HttpResponse:
    form = ClosedDaysForm(posted(request))
    added = attempt(form, actions.add_closed_days, by=Actor.of(request))
    if added is None:
        return render(request, "members/manage/add_closed_days.html", {"form": form})
    said = ngettext("閉庁日を%s日登録しました。", "閉庁日を%s日登録しました。", len(added))
    messages.success(request, said % len(added) if added else _("どの日も、既に登録されています。"))
    return redirect("members:closed_days")


@require_POST
@administrators_only
def remove_closed_day(request: HttpRequest, pk: int) -> HttpResponse:
    closed_day = get_object_or_404(ClosedDay, pk=pk)
    said = _("%sを閉庁日から除きました。") % closed_day
    if press(request, actions.remove_closed_day, closed_day=closed_day, by=Actor.of(request)):
        messages.success(request, said)
    return redirect("members:closed_days")
