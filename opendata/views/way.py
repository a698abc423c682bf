"""The page on which a section says how its file is to be read, and sees at once what becomes of it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.actions import Actor, refuse_stale
from foundation.apart import Busy
from foundation.files.storage import StoreAway
from foundation.http.in_place import asks_in_place
from foundation.ui.attempts import attempt, posted, press, seen
from members.login import LoggedIn
from opendata import actions, policy
from opendata.forms import RowNumberForm, WayForm
from opendata.models import DatasetVersion
from opendata.states import RepairState
from opendata.table import previewing, reading, ways
from opendata.table.previewing import Preview
from opendata.table.ways import Way
from opendata.views.staff import own_version, read_in_turn
from tablecheck import Unreadable


def way(request: LoggedIn, slug: str) -> HttpResponse:
    version = own_version(request, slug)
    if not policy.can_change(request.user, version):
        return redirect("opendata:work", slug)
    form = WayForm(posted(request), version=version)
    looked, as_asked = previewing.as_read(version), False
    if "preview" in request.POST and form.is_valid():
        looked, as_asked = look(form, version), True
    elif answer := take(request, form, version):
        return answer
    context = {
        "form": form,
        "version": version,
        "dataset": version.dataset,
        "preview": looked,
        "as_asked": as_asked,
    }
    return render(request, "opendata/way.html", context, status=form.status)


def look(form: WayForm, version: DatasetVersion) -> Preview | None:
    """The beginning as it would be read; a refusal stands in the form."""
    try:
        found = previewing.preview(version, form.way)
    except Busy:
        form.add_error(None, _("別のファイルの読み込みが続いています。少し待ってから、もう一度押してください。"))
        return None
    if isinstance(found, Unreadable):
        form.add_error(None, found.message)
        return None
    form.know(found.detected)
    return found


def take(request: LoggedIn, form: WayForm, version: DatasetVersion) -> HttpResponse | None:
    """Read the file so, now or in its turn."""
    before = made_in(version) if form.is_bound else 0

    def read(**_typed: Any) -> DatasetVersion:
        return actions.read(version=version, by=Actor.of(request), way=form.way)

    try:
        if form.is_bound and form.is_valid() and reading.takes_long(version):
            return read_in_turn(request, version, form.way)
        if not attempt(form, read):
            return None
    except (Busy, StoreAway):
        return read_in_turn(request, version, form.way)
    messages.success(request, _("選んだ読み取り方で読み込みました。"))
    tell_lost(request, before - made_in(version))
    return redirect("opendata:work" if version.unreadable else "opendata:findings", version.dataset.slug)


def made_in(version: DatasetVersion) -> int:
    return version.repairs.filter(state=RepairState.ACCEPTED).count()


def tell_lost(request: LoggedIn, lost: int) -> None:
    if lost:
        text = _("修正%(count)sか所は、セルの値が変わったため引き継いでいません。もう一度確認してください。")
        messages.warning(request, text % {"count": lost})


# One row, at a press


@require_POST
def drop_row(request: LoggedIn, slug: str) -> HttpResponse:
    return read_otherwise(request, slug, ways.without, _("%(row)s行目をデータから外しました。"))


@require_POST
def restore_row(request: LoggedIn, slug: str) -> HttpResponse:
    return read_otherwise(request, slug, ways.with_row, _("%(row)s行目をデータに戻しました。"))


def read_otherwise(request: LoggedIn, slug: str, change: Callable[[Way, int], Way], said: str) -> HttpResponse:
    """Read the kept file anew, with this row or without it."""
    version = own_version(request, slug)
    if asks_in_place(request):
        # Much of the page will be otherwise: the button is pressed once more, for a whole one.
        return HttpResponse(status=409)
    form = RowNumberForm(request.POST)
    if form.is_valid() and version.is_read:
        way = change(version.way, form.cleaned_data["row"])
        before = made_in(version)
        try:
            if reading.takes_long(version):
                return read_in_turn(request, version, way)
            if press(request, read_so, version=version, by=Actor.of(request), seen=seen(request), way=way):
                messages.success(request, said % form.cleaned_data)
                tell_lost(request, before - made_in(version))
        except (Busy, StoreAway):
            return read_in_turn(request, version, way)
    return redirect("opendata:findings", slug)


def read_so(*, version: DatasetVersion, by: Actor, seen: int, way: Way) -> DatasetVersion:
    """The rows of another file have other numbers."""
    refuse_stale(version, seen)
    return actions.read(version=version, by=by, way=way)
