"""What a reader of the last edition would find changed: lines that went and lines that came."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple


class Change(NamedTuple):
    is_new: bool
    line: str


def changes(before: str, after: str) -> list[Change]:
    """In reading order; empty lines say nothing."""
    return list(_changes(_lines(before), _lines(after)))


def _changes(before: list[str], after: list[str]) -> Iterator[Change]:
    """Whole lines alone are compared: within them, the time would grow with the square of the paper."""
    for _kind, begins, ends, begins_anew, ends_anew in SequenceMatcher(None, before, after, False).get_opcodes():
        if before[begins:ends] != after[begins_anew:ends_anew]:
            yield from (Change(False, line) for line in before[begins:ends])
            yield from (Change(True, line) for line in after[begins_anew:ends_anew])


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line]
