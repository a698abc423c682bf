"""The desk records who agreed that citizens read their names."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from foundation.actions import Actor
from foundation.db import clock
from foundation.ui.attempts import done, posted
from members.actions import naming
from members.forms.naming import NamingForm
from members.login import LoggedIn
from members.models import WorkingGroup
from members.views.desk._shared import form_page, of_desk


@form_page
@of_desk
def set_naming(request: LoggedIn, group: WorkingGroup) -> HttpResponse:
    people = list(group.memberships.current().counted().select_related("user").in_roster_order())
    form = NamingForm(posted(request), people=people, initial={"agreed_on": clock.today()})
    if request.method == "POST" and done(form, naming.set_naming, group=group, by=Actor.of(request)):
        messages.success(request, _("公表への同意を保存しました。"))
        return redirect(request.path)
    context = {"group": group, "form": form, "people": people}
    return render(request, "members/desk/set_naming.html", context, status=form.status)
