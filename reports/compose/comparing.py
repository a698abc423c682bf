"""What a reader of the last edition would find changed: lines that went and lines that came."""

import difflib
from typing import NamedTuple


class Change(NamedTuple):
    is_new: bool
    line: str


def changes(before: str, after: str) -> list[Change]:
    """In reading order; empty lines say nothing."""
    told = difflib.ndiff(_lines(before), _lines(after))
    return [Change(line[0] == "+", line[2:]) for line in told if line[0] in "+-"]


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line]
