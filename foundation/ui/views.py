import datetime as dt

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy as _
from django.views.decorators.http import require_http_methods

from foundation.db import clock
from foundation.ui.gallery import Rows, form_in

STATES = {"empty": _("未入力"), "errors": _("誤りあり"), "filled": _("入力済み"), "disabled": _("編集不可")}


@login_not_required  # open to whoever builds pages; in production there is no such page
@require_http_methods(["GET", "HEAD", "POST"])
def components(request: HttpRequest) -> HttpResponse:
    """Every component, and one form in each of its states: how a page of the portal looks."""
    if settings.PRODUCTION:
        raise Http404
    state = request.GET.get("state", "empty")
    if state not in STATES:
        raise Http404
    if request.method == "POST":
        messages.info(request, gettext("見本なので、何も保存していません。"))
        return redirect("components")
    now = clock.now()
    context = {
        "form": form_in(state),
        "rows": Rows(),
        "state": state,
        "states": STATES.items(),
        "starts_at": now + dt.timedelta(days=10),
        "soon": now + dt.timedelta(days=3),
        "past": now - dt.timedelta(days=1),
        "page": Paginator(range(120), 25).get_page(2),
    }
    return render(request, "components.html", context)
