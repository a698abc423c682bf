"""How a plain text reads as a page: paragraphs, headings and lists, told by the first sign of a line.

A blank line ends a paragraph; ■ begins a heading, ・ an item of a list. Nothing else means anything: what looks
like markup is text.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

HEADING, ITEM = "■", "・"


class Sort(StrEnum):
    HEADING = "heading"
    LIST = "list"
    PARAGRAPH = "paragraph"
    BLANK = "blank"


@dataclass(frozen=True)
class TextPart:
    sort: Sort
    lines: tuple[str, ...]


def parts_of(text: str) -> list[TextPart]:
    return list(_parts(text.splitlines()))


def _parts(lines: list[str]) -> Iterator[TextPart]:
    for sort, group in groupby((line.strip() for line in lines), key=_sort):
        plain = tuple(_without_sign(line, sort) for line in group)
        if sort == Sort.HEADING:
            yield from (TextPart(sort, (line,)) for line in plain)
        elif sort != Sort.BLANK:
            yield TextPart(sort, plain)


def _sort(line: str) -> Sort:
    """A sign with nothing behind it is no heading and no item: an empty one would be read aloud as such."""
    if line.startswith(HEADING) and line.strip(HEADING).strip():
        return Sort.HEADING
    if line.startswith(ITEM) and line.strip(ITEM).strip():
        return Sort.LIST
    return Sort.PARAGRAPH if line else Sort.BLANK


def _without_sign(line: str, sort: Sort) -> str:
    return line[1:].strip() if sort in {Sort.HEADING, Sort.LIST} else line
