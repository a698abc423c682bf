"""By the town's own login: there and back. Without one these pages do not exist."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.utils import get_next_redirect_url
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

View = Callable[..., HttpResponse]


def where_configured(view: View) -> View:
    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.OIDC_ISSUER:
            raise Http404
        from requests import RequestException

        try:
            return view(request, *args, **kwargs)
        except RequestException:
            return render(request, "members/own/sign_on_failed.html", status=503)

    return opened


@login_not_required  # the way in
@require_POST
@where_configured
def sign_on(request: HttpRequest) -> HttpResponse:
    from members import sso

    return sso.lead_there(request, get_next_redirect_url(request))


@login_not_required  # the way in
@require_safe
@where_configured
def sign_on_callback(request: HttpRequest) -> HttpResponse:
    from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView

    from members import sso

    return OAuth2CallbackView.adapter_view(sso.Issuer(request, sso.PROVIDER))(request)
