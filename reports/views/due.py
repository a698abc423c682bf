"""Until when a group's meetings are told of, and that one was told of elsewhere than here."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from foundation.actions import Actor
from foundation.ui.attempts import done, posted
from members.login import LoggedIn
from members.models import WorkingGroup
from members.views.desk._shared import form_page, of_desk
from reports import actions
from reports.forms import DueRulesForm, ToldForm
from reports.models import DueRules, Report
from reports.views.desk import held_meeting


@form_page
@of_desk
def edit_due_rules(request: LoggedIn, group: WorkingGroup) -> HttpResponse:
    own = DueRules.objects.filter(group=group).first() or DueRules(group=group)
    form = DueRulesForm(posted(request), instance=own)
    if request.method == "POST" and done(form, actions.edit_due_rules, group=group, by=Actor.of(request)):
        messages.success(request, _("公表の期限を保存しました。"))
        return redirect("desk", group.slug)
    context = {"group": group, "form": form}
    return render(request, "reports/desk/edit_due_rules.html", context, status=form.status)


@form_page
def note_told(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    meeting = held_meeting(request, slug, number)
    form = ToldForm(posted(request), report=Report.of(meeting))
    if request.method == "POST" and done(form, actions.note_told, meeting=meeting, by=Actor.of(request)):
        messages.success(request, _("公表した日を記録しました。"))
        return redirect("desk_meeting", slug, number)
    context = {"meeting": meeting, "form": form}
    return render(request, "reports/desk/note_told.html", context, status=form.status)
