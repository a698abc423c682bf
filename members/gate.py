"""Who may go on: sessions that are over, those who must first set up a second factor, those asked again."""

import logging
from collections.abc import Callable
from functools import cache, partial
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.core.exceptions import ReauthenticationRequired
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _, gettext_lazy

from foundation.db.away import MAY_BE_AWAY, is_away
from foundation.http import PERSONAL_PATH
from foundation.http.in_place import looks_again
from foundation.http.typed import WRITER_KEY, Typed
from foundation.http.views import resend_page
from members import sessions
from members.factors import brought_along
from members.models import Anybody

logger = logging.getLogger(__name__)
GetResponse = Callable[[HttpRequest], HttpResponseBase]
View = Callable[..., HttpResponseBase]

NOT_DONE_YET = gettext_lazy("先ほどの操作は、まだ行っていません。")
# What somebody needs to set up a factor, or to leave; and what asks nobody who they are.
WITHOUT_FACTOR = {
    "account_logout",
    "account_reauthenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "members:reauthenticate_by_code",
    "members:factors",
    "members:add_app",
    "members:add_key",
    "members:spare_codes",
    "kept",
    "healthz",
    "readyz",
}


class EndSessions:
    """Whoever was away too long, or is here too long, is nobody any more. Others are noted as being here.

    Asked as the person is asked for: a page that is for everybody touches no session.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        who = cache(partial(whoever_is_still_here, request))
        request.user = SimpleLazyObject(who)  # type: ignore[assignment]
        response = self.get_response(request)
        was_asked = who.cache_info().currsize
        # A page that looks again by itself does not tell that somebody is there.
        if was_asked and not looks_again(request):
            note_presence(request)
        return response


def note_presence(request: HttpRequest) -> None:
    """What was done is done: an answer that says so is not lost because the database has gone away just now."""
    try:
        sessions.note_presence(request)
    except MAY_BE_AWAY as error:
        if not is_away(error):
            raise
        logger.warning("it was not noted that somebody is here: %s", error)


def whoever_is_still_here(request: HttpRequest) -> Anybody:
    user: Any = get_user(request)
    if not user.is_authenticated or not sessions.is_over(request.session, user):
        return user
    UserSession.objects.filter(session_key=request.session.session_key).delete()
    request.session.flush()
    if request.method == "POST":
        request.session[WRITER_KEY] = str(user.pk)
    ended = _("しばらく操作がなかったか、長い時間がたったため、ログインを終了しました。")
    messages.info(request, ended, fail_silently=True)
    return AnonymousUser()


class FactorFirst:
    """Who must have a second factor, and has come in without it often enough, is led to where it is set up."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        if not settings.FACTOR_REQUIRED or settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return None
        match = request.resolver_match
        if request.path_info.startswith(PERSONAL_PATH) or (match and match.view_name in WITHOUT_FACTOR):
            return None
        if not getattr(request.user, "factor_is_due", False) or brought_along(request.session):
            return None
        said = _("入力した内容は保存してあります。二段階認証を設定すると送信できます。")
        return keep_and_redirect(request, reverse("members:factors"), said)


class AskAgain:
    """A view that asks for a fresh login raises so; what was typed is kept, and sent when the person is back."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        if not isinstance(exception, ReauthenticationRequired):
            return None
        methods = get_adapter().get_reauthentication_methods(request.user)
        if not methods:
            return render(request, "403.html", status=403)
        back = reverse("kept") if request.method == "POST" else request.get_full_path()
        said = _("入力した内容は保存してあります。御本人であることを確認した後に送信できます。")
        return keep_and_redirect(request, f"{methods[0]['url']}?{urlencode({'next': back})}", said)


def keep_and_redirect(request: HttpRequest, url: str, said: str) -> HttpResponse:
    """Nothing that was typed is lost on the way, and the person is told so."""
    if request.method == "POST":
        typed = Typed.of(request)
        if not typed.keep(request.session):
            return resend_page(request, typed, status=403)
        request.session[WRITER_KEY] = str(request.user.pk)
        # Of a button alone nothing was typed.
        messages.info(request, said if typed.fields or typed.files else NOT_DONE_YET)
    return redirect(url)
