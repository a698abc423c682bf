"""How people write the titles of columns."""

import json
import re
import unicodedata
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "definitions"


BRACKETS = str.maketrans("[]{}〔〕【】〈〉《》", "()" * 6)
BETWEEN_WORDS = re.compile(r"[\s_・.,、]+")
DASHES = re.compile("[‐‑‒–—―−─━ー-]+")


@cache
def plain(header: str) -> str:
    """A header without what people write one way or another: width, blanks, kinds of dash and bracket, case."""
    text = unicodedata.normalize("NFKC", header).translate(BRACKETS)
    return DASHES.sub("-", BETWEEN_WORDS.sub("", text)).lower()


@cache
def variants() -> dict[str, list[str]]:
    """Title → other spellings of the same column."""
    return json.loads((FOLDER / "_aliases.json").read_text(encoding="utf-8"))["variants"]
