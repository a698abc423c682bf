"""Where in a published text the words of a search stand: a few lines as published, with the words marked."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from reports.folding import fold_with_places

BEFORE, LENGTH = 30, 110


class Piece(NamedTuple):
    text: str
    is_found: bool

    def __str__(self) -> str:
        return self.text


def snippet(text: str, words: Sequence[str]) -> list[Piece]:
    """Around the first place of any of the words; the others are marked where they stand near it."""
    folded, places = fold_with_places(text)
    firsts = [folded.find(word) for word in words if word in folded]
    if not firsts:
        return []
    begin, end = max(0, min(firsts) - BEFORE), min(len(folded), min(firsts) + LENGTH)
    spans = [(begin, begin), *_found(folded[:end], words, begin), (end, end)]
    before = [Piece("…", is_found=False)] if begin else []
    after = [Piece("…", is_found=False)] if end < len(folded) else []
    return [*before, *_pieces(text, places, spans), *after]


def _found(folded: str, words: Sequence[str], at: int) -> Iterator[tuple[int, int]]:
    """The places of all words, one behind the other; where two begin alike, the longer one."""
    while ahead := [(folded.find(word, at), -len(word)) for word in words if folded.find(word, at) >= 0]:
        start, length = min(ahead)
        at = start - length
        yield start, at


def _pieces(text: str, places: Sequence[int], spans: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    """What stands between two spans, and the second of them."""
    for (_start, last), (start, end) in pairwise(spans):
        between, found = (_whole(places, last), places[start]), (places[start], _whole(places, end))
        for (begin, until), is_found in ((between, False), (found, True)):
            if begin < until and (is_found is False or start < end):
                yield Piece(text[begin:until].replace("\n", " "), is_found)


def _whole(places: Sequence[int], end: int) -> int:
    """A sign that became several letters (㈱) is marked as a whole."""
    while 0 < end < len(places) - 1 and places[end] == places[end - 1]:
        end += 1
    return places[end]
