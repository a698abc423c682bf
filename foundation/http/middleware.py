import codecs
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, UnreadablePostError
from django.http.response import HttpResponseBase
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.http import PERSONAL_PATH, brakes
from foundation.http.typed import Typed
from foundation.http.views import resend_page

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

GetResponse = Callable[[HttpRequest], HttpResponseBase]
View = Callable[..., HttpResponseBase]

STRICT = "utf_8_strict"


def strict_utf8(name: str) -> codecs.CodecInfo | None:
    """UTF-8 that cannot be told to replace what it does not understand.

    Django reads the fields of a multipart form with errors="replace": a broken byte or half a surrogate
    pair would silently become another character. This codec does not listen, and the request ends as a 400.
    """
    if name != STRICT:
        return None

    def decode(data: "ReadableBuffer", errors: str = "strict") -> tuple[str, int]:
        return codecs.utf_8_decode(data, "strict", True)

    return codecs.CodecInfo(name=STRICT, encode=codecs.utf_8_encode, decode=decode)


codecs.register(strict_utf8)


METHODS = ["GET", "HEAD", "POST"]
# A form says in its own words what is over its limit; what is far over it is not even read.
MOST_BYTES = 4 * settings.MAX_UPLOAD_BYTES


class RefuseHostileText:
    """Refuse what PostgreSQL cannot store (NUL) and what is no text (bytes that are not UTF-8) with a 400.

    Browsers send neither. The form is looked at just before the view, when CSRF protection is about to read
    it anyway: nothing is read twice, and an upload goes to its file as always.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        refuse_unless_text(unquote_to_bytes(request.META.get("QUERY_STRING", "").encode("latin-1")))
        # Django has already decoded the path, and written back as %XX what it could not decode.
        refuse_unless_text(unquote_to_bytes(request.path_info.encode()))
        # A quoted cookie may carry \\000.
        refuse_unless_text("".join(request.COOKIES.values()).encode(errors="surrogatepass"))
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if request.method != "POST":
            return None
        if declared_length(request) > MOST_BYTES:
            return render(request, "413.html", {"megabytes": settings.MAX_UPLOAD_BYTES // 2**20}, status=413)
        try:
            self.read_form(request)
        except UnicodeDecodeError as error:
            raise BadRequest("A form field is not UTF-8") from error
        except UnreadablePostError as error:
            raise BadRequest("The form broke off on its way") from error
        return None

    def read_form(self, request: HttpRequest) -> None:
        if request.content_type == "multipart/form-data":
            request.encoding = STRICT
        elif request.content_type == "application/x-www-form-urlencoded":
            refuse_unless_text(unquote_to_bytes(request.body))
        names = [*request.POST, *request.FILES]
        values = [value for name in request.POST for value in request.POST.getlist(name)]
        if any("\0" in text for text in names + values):
            raise BadRequest("NUL in a form field")


def declared_length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError as error:
        raise BadRequest("A length that is no number") from error


def refuse_unless_text(sent: bytes) -> None:
    if b"\0" in sent:
        raise BadRequest("NUL in a request")
    try:
        sent.decode()
    except UnicodeDecodeError as error:
        raise BadRequest("A request that is not UTF-8") from error


class RefuseOtherMethods:
    """No page of ours has anything to PUT, PATCH or DELETE, nor OPTIONS to tell of.

    Without this a view that asks only whether it was posted to would answer them as if it were being read.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method in METHODS:
            return self.get_response(request)
        return HttpResponseNotAllowed(METHODS)


class LoginRequired(LoginRequiredMiddleware):
    """Django's, but what somebody typed while the login ran out is kept and can be sent after logging in.

    Only forms that passed CSRF protection get here, so nobody else's text can be planted.
    """

    def process_view(
        self, request: HttpRequest, view_func: View, view_args: tuple[Any, ...], view_kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        # Asked first, so that a public page touches no session.
        if not getattr(view_func, "login_required", True):
            return None
        if request.method == "POST" and request.user.is_authenticated:
            Typed.drop(request.session, request.get_full_path())
        return super().process_view(request, view_func, view_args, view_kwargs)

    # The stubs know of the redirect alone; process_view() hands on whatever this returns.
    def handle_no_permission(self, request: HttpRequest, view_func: View) -> HttpResponse:  # type: ignore[override]
        # A script that saves a draft tells the person by itself, and the form is still before them.
        if request.method != "POST" or "X-Requested-With" in request.headers:
            return super().handle_no_permission(request, view_func)
        typed = Typed.of(request)
        if brakes.take(request, "keep").wait:
            return resend_page(request, typed, status=429)
        if not typed.keep(request.session):
            return resend_page(request, typed, status=403)
        messages.warning(
            request,
            _(
                "ログインが終了しているため、ログインし直してください。入力した内容は保存してあります。ログイン後に送信できます。"
            ),
        )
        return redirect_to_login(reverse("kept"), resolve_url(self.get_login_url(view_func)))


class PrivatePages:
    """Pages of a person are stored nowhere; public pages may be stored, but are asked for again each time.

    Asking again is cheap (304), and what was withheld today must not be read from yesterday's copy. A request
    with a session cookie counts as a person's without looking into the session, so that a public page
    touches neither session nor cookie.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if is_private(request, response):
            response["Cache-Control"] = "no-store"
            response["Referrer-Policy"] = "same-origin"
        else:
            response.setdefault("Cache-Control", "no-cache")
        return response


def is_private(request: HttpRequest, response: HttpResponseBase) -> bool:
    return (
        request.method not in {"GET", "HEAD"}
        or settings.SESSION_COOKIE_NAME in request.COOKIES
        or request.path_info.startswith(PERSONAL_PATH)
        # The page holds this visitor's own CSRF token.
        or settings.CSRF_COOKIE_NAME in response.cookies
    )
