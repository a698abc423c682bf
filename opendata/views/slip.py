"""What a section hands on of a published list: its address, as a picture too, and how much was mended."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from foundation.ui import qr
from members.login import LoggedIn
from opendata.states import RepairState
from opendata.table import readiness
from opendata.views.staff import own_version


@require_safe
def slip(request: LoggedIn, slug: str) -> HttpResponse:
    version = own_version(request, slug)
    if not version.is_published or version.dataset.is_withdrawn:
        return redirect("opendata:work", slug)
    address = settings.SITE_URL + reverse("opendata:dataset", args=[slug])
    context = {
        "version": version,
        "dataset": version.dataset,
        "address": address,
        "picture": qr.picture(address),
        "mended": version.repairs.filter(state=RepairState.ACCEPTED).count(),
        "errors": readiness.standing_errors(version).count(),
    }
    return render(request, "opendata/slip.html", context)
