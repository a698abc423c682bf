"""The forms of a name: never one string (domain: facts easy to get wrong, 4)."""

from typing import Protocol

import jaconv


class Named(Protocol):
    given_name: str

    @property
    def shown_family_name(self) -> str: ...


def full(person: Named) -> str:
    """田口喜大: running text and headings."""
    return f"{person.shown_family_name}{person.given_name}"


def spaced(person: Named) -> str:
    """田口 喜大: pages, mails and labels."""
    return f"{person.shown_family_name} {person.given_name}".strip()


def roster(person: Named) -> str:
    """田口　喜大: rosters and name plates, with a full-width space."""
    return f"{person.shown_family_name}\u3000{person.given_name}".strip()


def sort_key(*kana: str) -> str:
    """Kana as full-width hiragana, voiced marks kept: sorts by code point without ICU."""
    return "\u3000".join(jaconv.kata2hira(jaconv.h2z(text.strip())) for text in kana)


def with_title(department: str, job_title: str) -> str:
    """行政経営課 + 課長 → 行政経営課長; 市民課 + 主査 → 市民課主査."""
    if department and job_title.startswith(department[-1]):
        return department + job_title[1:]
    return department + job_title
