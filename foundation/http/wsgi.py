from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.conf import settings
from django.utils.http import parse_header_parameters
from django.utils.translation import gettext as _

# No middleware of Django comes to add its own.
PROMISES = {
    "Content-Type": "text/plain; charset=utf-8",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'",
}


class RefuseOtherEncodings:
    """A request that declares another encoding than UTF-8, or nonsense, gets a 400. No browser sends either.

    It stands before Django, which reads the declaration as it makes the request, and with "base64" or
    an unreadable one fails there, outside every middleware.
    """

    def __init__(self, application: WSGIApplication) -> None:
        self.application = application

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if declared_encoding(environ) in {"utf-8", "utf8"}:
            return self.application(environ, start_response)
        start_response("400 Bad Request", list(promised().items()))
        return [_("文字コードがUTF-8ではないため、受け付けられません。").encode()]


class HeadsOnly:
    """An answer to HEAD has no body; Django leaves that to the server, and gunicorn complains of each."""

    def __init__(self, application: WSGIApplication) -> None:
        self.application = application

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        answer = self.application(environ, start_response)
        if environ["REQUEST_METHOD"] != "HEAD":
            return answer
        # The request is over for Django when its answer is closed.
        if close := getattr(answer, "close", None):
            close()
        return []


def promised() -> dict[str, str]:
    if not settings.SECURE_HSTS_SECONDS:
        return PROMISES
    tls = f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains; preload"
    return PROMISES | {"Strict-Transport-Security": tls}


def declared_encoding(environ: WSGIEnvironment) -> str | None:
    try:
        _kind, parameters = parse_header_parameters(environ.get("CONTENT_TYPE", ""))
    except ValueError:
        return None
    return parameters.get("charset", "utf-8").lower()
