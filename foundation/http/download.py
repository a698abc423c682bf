"""A stored file on its way to a reader: whole or in part, never in memory.

Django answers what was asked on condition (`get_conditional_response`), gunicorn sends a file of a folder by
itself (sendfile). What neither has is a part of a file (ranges.py) and a compressed twin.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from foundation.files.storage import store
from foundation.http.ranges import Bytes, OutOfReach, wanted

GZIP = re.compile(r"(?:^|,)\s*(?:x-)?gzip\s*(?:;\s*q=([\d.]+)\s*)?(?:,|$)", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True)
class Download:
    """What a reader is told of a file beside its bytes. The tag is another one as soon as a byte is."""

    tag: str
    modified: datetime
    headers: Mapping[str, str]

    @property
    def etag(self) -> str:
        return f'"{self.tag}"'

    def said(self, **more: str) -> dict[str, str]:
        return {
            **self.headers,
            "ETag": self.etag,
            "Last-Modified": http_date(self.modified.timestamp()),
            "Vary": "Accept-Encoding",
            **{name.replace("_", "-"): value for name, value in more.items()},
        }

    def on_condition(self, request: HttpRequest, said: Mapping[str, str]) -> HttpResponse | None:
        """304 or 412 where the request has a condition that says so."""
        usual = HttpResponse(headers=dict(said))
        told = get_conditional_response(request, self.etag, int(self.modified.timestamp()), usual)
        return None if told is usual else told


@dataclass(frozen=True)
class Stored(Download):
    """One that lies in the storage under this name."""

    name: str
    size: int
    coding: str = ""

    def answer(self, request: HttpRequest) -> HttpResponseBase:
        said = self.said(Accept_Ranges="bytes", **({"Content_Encoding": self.coding} if self.coding else {}))
        if told := self.on_condition(request, said):
            return told
        try:
            part = self._part(request)
        except OutOfReach:
            return HttpResponse(status=416, headers=self.said(Content_Range=f"bytes */{self.size}"))
        start, length = part or Bytes(0, self.size)
        said["Content-Length"] = str(length)
        if part:
            said["Content-Range"] = f"bytes {start}-{start + length - 1}/{self.size}"
        response = InBlocks(store().part(self.name, start, length), status=206 if part else 200)
        for name, value in said.items():
            response[name] = value
        return response

    def _part(self, request: HttpRequest) -> Bytes | None:
        """HEAD asks of the whole file."""
        if request.method != "GET":
            return None
        return wanted(request.headers, self.size, etag=self.etag, modified=self.modified)


@dataclass(frozen=True)
class MadeAnew(Download):
    """One that is made while it is sent: nobody knows its length yet, and it has no parts."""

    blocks: Iterable[bytes]

    def answer(self, request: HttpRequest) -> HttpResponseBase:
        said = self.said(Accept_Ranges="none")
        return self.on_condition(request, said) or StreamingHttpResponse(self.blocks, headers=said)


class InBlocks(FileResponse):
    """Where the server cannot send the file by itself."""

    block_size = 1 << 16


def takes_gzip(request: HttpRequest) -> bool:
    """Only who names it; `*` says nothing of what the reader can do, and q=0 that it cannot."""
    found = GZIP.search(request.headers.get("Accept-Encoding", ""))
    return found is not None and (found[1] or "1").strip("0.") != ""


def attachment(name: str, *, plain: str) -> str:
    """To be saved, under the Japanese name by today's browsers, under the plain one by the others."""
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
