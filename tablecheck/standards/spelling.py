"""How people write the titles of columns."""

import json
import re
import unicodedata
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "definitions"


@cache
def plain(header: str) -> str:
    """A header without what people write one way or another: width, blanks, kinds of dash, case."""
    text = unicodedata.normalize("NFKC", header)
    return re.sub(r"[\s_・.]+|[‐‑–—―−ー-]+", lambda dash: "" if dash[0][0] in " \t\n_・." else "-", text).lower()


@cache
def variants() -> dict[str, list[str]]:
    """Title → other spellings of the same column."""
    return json.loads((FOLDER / "_aliases.json").read_text(encoding="utf-8"))["variants"]
