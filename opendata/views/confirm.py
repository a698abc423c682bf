"""The page that asks what a file is, once it is read."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from foundation.actions import Actor
from foundation.ui.attempts import attempt, posted
from members.login import LoggedIn
from opendata import actions, policy
from opendata.forms import ConfirmKindForm
from opendata.models import DatasetVersion
from opendata.standards import title_of
from opendata.table.alike import public_ones_like
from opendata.views.staff import own_version, read_anew, show


def confirm_kind(request: LoggedIn, slug: str) -> HttpResponse:
    version = own_version(request, slug)
    if not (version.is_read and version.number == 1 and policy.can_change(request.user, version)):
        return redirect("opendata:work", slug)
    public, judged_by = public_ones_like(version), version.standard
    form = ConfirmKindForm(posted(request), version=version, public=public.free)

    def confirm(*, seen: int, standard: str = "", **_typed: Any) -> DatasetVersion:
        by = Actor.of(request)
        if other := form.next_of:
            return actions.take_as_next(version=version, by=by, seen=seen, dataset=other.dataset)
        return actions.confirm_kind(version=version, by=by, seen=seen, standard=standard)

    if confirmed := attempt(form, confirm):
        is_as_read = confirmed.is_read and confirmed.standard == judged_by
        return show(confirmed) if is_as_read else read_anew(request, confirmed)
    context = {
        "form": form,
        "version": version,
        "dataset": version.dataset,
        "titles": [column["header"] for column in version.columns if column["header"]],
        "kind": title_of(version.standard),
        "in_work": public.in_work,
    }
    return render(request, "opendata/confirm_kind.html", context, status=form.status)
