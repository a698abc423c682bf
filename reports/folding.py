"""Text as it is searched: width, case, katakana and 異体字 make no difference. Never what is shown.

A word of a query and the text it is looked for in are folded alike; each folded character knows where it stood, so
that the page can mark what was found in the text as it was published.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from members.names.order import to_hiragana
from members.names.search import FOLD

# A character and what belongs to it: sound marks, accents, selectors of one form of a kanji.
SOUNDS, CHOSEN = "\u3099\u309a\uff9e\uff9f", "\ufe00-\ufe0f\U000e0100-\U000e01ef"
CLUSTER = re.compile(f"[^{SOUNDS}][\u0300-\u036f{SOUNDS}{CHOSEN}]*")
SELECTORS = re.compile(f"[{CHOSEN}]")
DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-") | {ord("〜"): "~"}
MOST_WORDS = 8
SHIFT = 21  # a character of Unicode needs no more bits


def fold(text: str) -> str:
    return "".join(map(_folded, CLUSTER.findall(text)))


def fold_with_places(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters the place of what it was made from; the end comes last."""
    folded, places = [], []
    for found in CLUSTER.finditer(text):
        made = _folded(found[0])
        folded.append(made)
        places.extend([found.start()] * len(made))
    return "".join(folded), [*places, len(text)]


def words_of(query: str) -> list[str]:
    """What a page of search is asked for, each word once."""
    return list(dict.fromkeys(fold(query).split()))[:MOST_WORDS]


def grams(folded: str) -> set[int]:
    """Each character, and each two and three that stand side by side, as a number of its own."""
    return {gram for piece in folded.split() for gram in _grams(piece)}


def grams_of_word(word: str) -> list[int]:
    """Of a text that has all of these, a word of up to three characters is surely a part."""
    if len(word) < 3:
        return [_number(word)]
    return sorted({_number(word[at : at + 3]) for at in range(len(word) - 2)})


def is_proved(word: str) -> bool:
    return len(word) <= 3


def _grams(piece: str) -> Iterable[int]:
    points = [ord(character) for character in piece]
    yield from points
    pairs = [first << SHIFT | second for first, second in pairwise(points)]
    yield from pairs
    yield from (pair << SHIFT | third for pair, third in zip(pairs, points[2:], strict=False))


def _number(word: str) -> int:
    number = 0
    for character in word:
        number = number << SHIFT | ord(character)
    return number


@lru_cache(maxsize=20_000)
def _folded(cluster: str) -> str:
    plain = unicodedata.normalize("NFKC", SELECTORS.sub("", cluster)).casefold()
    return to_hiragana(plain).translate(FOLD).translate(DASHES)
