"""Whom a text may tell of, for the check before anyone reads it: names of the roster, numbers, addresses.

In minutes people are called by their title (見本課長), so a family name is looked for wherever it stands. That
finds places and words as well: a person looks. What is not found here may stand in the text all the same.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from meetings.models import Meeting
from members import names
from members.models import User

ENDS = re.compile(r"(?<=[。\n])")
# 0577-32-3333, (0577)32-3333, 090 1234 5678, 内線2345; and whatever has an @ between letters.
NUMBER = re.compile(r"(?<!\d)(?:\(?0\d{1,4}\)?[-\s]?\d{1,4}[-\s]?\d{3,4}|内線\s*\d{2,6})(?!\d)")
ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
DASHES = str.maketrans(dict.fromkeys("‐‑–—―−ー－", "-"))


@dataclass(frozen=True)
class Found:
    """What was found, and each sentence in which it stands."""

    what: str
    sentences: tuple[str, ...]


def named_in(text: str, meeting: Meeting) -> list[Found]:
    """People of the group, past and present, who stood in for one or came besides, by family name or in full."""
    people = meeting.group.memberships.select_related("user").order_by("order", "user__kana_key", "id")
    sentences = _sentences(text)
    found = [Found(str(person), _holding(sentences, _families(person.user))) for person in people]
    stood_in = meeting.roll.filter(is_substitute=True).values_list("substitute_name", flat=True)
    walked_in = meeting.roll.walk_ins().values_list("name", flat=True)
    others = (*stood_in.order_by("id"), *walked_in)
    found += [Found(name, _holding(sentences, _parts(name))) for name in others]
    return [each for each in found if each.sentences]


def contacts_in(text: str) -> list[Found]:
    """Telephone numbers and email addresses, in whatever width they were typed."""
    sentences: dict[str, list[str]] = {}
    for sentence in _sentences(text):
        written = unicodedata.normalize("NFKC", sentence)
        for found in (*NUMBER.findall(written.translate(DASHES)), *ADDRESS.findall(written)):
            sentences.setdefault(found, []).append(sentence)
    return [Found(what, tuple(where)) for what, where in sentences.items()]


def tells_of(text: str, user: User, title: str) -> bool:
    """By a name, or by the title by which an office calls somebody."""
    return any(_stands_in(text, form) for form in _families(user)) or bool(title and title in text)


def _sentences(text: str) -> list[str]:
    return [sentence.strip() for sentence in ENDS.split(text) if sentence.strip()]


def _families(user: User) -> set[str]:
    """旧姓 and the registered name; the given name alone says nobody who is not family."""
    return {user.family_name, user.shown_family_name, names.full(user)} - {""}


def _parts(name: str) -> set[str]:
    """Of a name that was typed in one: up to the first blank, and the whole."""
    return {name, *name.split()[:1]}


def _holding(sentences: list[str], forms: set[str]) -> tuple[str, ...]:
    return tuple(sentence for sentence in sentences if any(_stands_in(sentence, form) for form in forms))


def _stands_in(sentence: str, form: str) -> bool:
    """As names are compared: blanks make no difference, nor does 高 for 髙. Latin letters are whole words."""
    if form.isascii():
        return any(_same(form) == _same(word) for word in _words(sentence, len(form.split())))
    return _same(form) in _same(sentence)


def _words(sentence: str, length: int) -> Iterator[str]:
    words = re.findall(r"[A-Za-z]+(?:['-][A-Za-z]+)*", unicodedata.normalize("NFKC", sentence))
    return (" ".join(words[at : at + length]) for at in range(len(words)))


def _same(text: str) -> str:
    return names.same_to_search(text)
