"""A part of a file is asked for (RFC 9110, chapter 14): by who goes on with a broken download."""

import re
from datetime import datetime
from typing import NamedTuple

from django.http.request import HttpHeaders
from django.utils.http import parse_http_date_safe

# One part alone. Longer numbers than any file's are none; where several parts are asked for, or what is asked for
# cannot be understood, the whole file is the answer.
ONE = re.compile(r"bytes=[ \t]*(?:(\d{1,18})-(\d{1,18})?|-(\d{1,18}))[ \t]*", re.ASCII | re.IGNORECASE)


class Bytes(NamedTuple):
    start: int
    length: int


class OutOfReach(Exception):
    """Nothing of the file lies where it is asked for."""


def wanted(headers: HttpHeaders, size: int, *, etag: str, modified: datetime) -> Bytes | None:
    """None for the whole file."""
    header = headers.get("Range", "")
    # Who has a part of another file already must not join this one's to it.
    return asked(header, size) if header and _fits(headers.get("If-Range"), etag, modified) else None


def asked(header: str, size: int) -> Bytes | None:
    found = ONE.fullmatch(header)
    if found is None:
        return None
    first, last, suffix = found.groups()
    if suffix is not None:
        start, end = max(0, size - int(suffix)), size - 1
    else:
        start, end = int(first), min(int(last or size), size - 1)
        if last is not None and int(last) < start:
            return None
    if start >= size:
        raise OutOfReach
    return Bytes(start, end - start + 1)


def _fits(condition: str | None, etag: str, modified: datetime) -> bool:
    if condition is None or condition.strip() == etag:
        return True
    return parse_http_date_safe(condition) == int(modified.timestamp())
