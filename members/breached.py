"""Passwords that leaked elsewhere, and which our other rules would let pass.

The usual ones that Django knows are nearly all shorter than twelve characters. Of each of these only the beginning
of its hash stands in the file beside, in order (tools/scripts/breached.py made it): the list is no reading matter.
"""

import hashlib
import re
import unicodedata
from bisect import bisect_left
from pathlib import Path

LIST, BYTES = Path(__file__).with_suffix(".sha256"), 5


def is_breached(password: str) -> bool:
    listed, wanted = LIST.read_bytes(), digest(password)
    places = range(0, len(listed), BYTES)
    at = bisect_left(places, wanted, key=lambda start: listed[start : start + BYTES]) * BYTES
    return listed[at : at + BYTES] == wanted


def digest(password: str) -> bytes:
    return hashlib.sha256(folded(password).encode()).digest()[:BYTES]


def folded(text: str) -> str:
    """As whoever guesses would try it first: small letters, no blanks."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text).casefold())
