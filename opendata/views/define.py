"""The page on which a section says what its own list is held to."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from foundation.actions import Actor
from foundation.ui.attempts import attempt, posted
from members.login import LoggedIn
from opendata import actions, policy
from opendata.forms import DefinitionForm
from opendata.models import DatasetVersion
from opendata.table import definition
from opendata.views.staff import own_version


def define(request: LoggedIn, slug: str) -> HttpResponse:
    version = own_version(request, slug)
    if not (version.is_read and policy.can_change(request.user, version)) or version.standard:
        return redirect("opendata:work", slug)
    form = DefinitionForm(posted(request), version=version)

    def say(*, seen: int, **_typed: Any) -> DatasetVersion:
        return actions.define(version=version, by=Actor.of(request), seen=seen, **form.said)

    if attempt(form, say):
        messages.success(request, _("列の定義を確定し、表を確認し直しました。"))
        return redirect("opendata:findings", slug)
    before = definition.published_before(version)
    context = {
        "form": form,
        "version": version,
        "dataset": version.dataset,
        "changes": definition.changes(before, list(form.columns.values())),
        "is_new": not before,
    }
    return render(request, "opendata/define.html", context, status=form.status)
