from django.utils.http import parse_header_parameters
from django.utils.translation import gettext as _


class RefuseOtherEncodings:
    """A request that declares another encoding than UTF-8, which no browser does with our pages, gets a 400.

    It stands before Django, because Django believes the declaration as soon as it makes the request: with
    "base64" it fails there, outside every middleware.
    """

    def __init__(self, application):
        self.application = application

    def __call__(self, environ, start_response):
        _kind, parameters = parse_header_parameters(environ.get("CONTENT_TYPE", ""))
        if parameters.get("charset", "utf-8").lower() in {"utf-8", "utf8"}:
            return self.application(environ, start_response)
        start_response("400 Bad Request", [("Content-Type", "text/plain; charset=utf-8")])
        return [_("文字コードがUTF-8ではないため、受け付けられません。").encode()]
