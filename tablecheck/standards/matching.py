"""Which column of a file is which field of a standard."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from tablecheck.standards.field import Field
from tablecheck.standards.spelling import plain
from tablecheck.standards.standard import Standard
from tablecheck.table import Column

SIMILAR = 0.84


class Match(NamedTuple):
    """How a header was understood. `certain` is False when it only looks alike."""

    column: Column
    field: Field | None
    certain: bool = True
    # Without a field, what the column probably holds.
    guess: Field | None = None

    @property
    def meant(self) -> Field | None:
        """The field by which its cells are judged."""
        return self.guess or self.field


def match(header: Sequence[str], standard: Standard | None) -> list[Match]:
    """Pair every column with a field, the surest first; a field is given away once."""
    columns = [Column(index, text) for index, text in enumerate(header, 1)]
    if standard is None:
        return [Match(column, None) for column in columns]
    given: dict[int, Match] = {}
    taken: set[str] = set()
    for ask, certain in ((_titled, True), (_known, True), (_similar, False)):
        for column in columns:
            found = ask(standard, column.header) if column.header and column.index not in given else None
            if found and found.name not in taken:
                taken.add(found.name)
                given[column.index] = Match(Column(column.index, column.header, found.name), found, certain)
    return [given.get(column.index, Match(column, None)) for column in columns]


def _titled(standard: Standard, header: str) -> Field | None:
    found, own = standard.spellings.get(plain(header), (None, False))
    return found if own else None


def _known(standard: Standard, header: str) -> Field | None:
    return standard.spellings.get(plain(header), (None, False))[0]


def _similar(standard: Standard, header: str) -> Field | None:
    text = plain(header)
    if len(text) < 3:
        return None
    likeness, found = max(_likenesses(standard, text), key=lambda pair: pair[0], default=(0.0, None))
    return found if likeness >= SIMILAR else None


def _likenesses(standard: Standard, text: str) -> Iterable[tuple[float, Field]]:
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(text)
    for item in standard.fields:
        matcher.set_seq1(plain(item.title))
        # Titles that differ in their figures or in what they negate are different columns.
        if matcher.quick_ratio() >= SIMILAR and _figures(item.title) == _figures(text):
            yield matcher.ratio(), item


def _figures(text: str) -> list[str]:
    return re.findall(r"[0-9]+|終了|開始|男|女|和式|洋式", unicodedata.normalize("NFKC", text))
