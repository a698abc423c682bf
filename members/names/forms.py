"""How a name is written where it stands."""

import unicodedata
from typing import TYPE_CHECKING, Protocol

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# A section and its head share this one character: 課 + 課長. A committee's 会 and a company's 社 stay twice.
UNITS = "部局課室係班署所館院園場校"
HEADS = ("長", "次長", "付")
# How Unicode calls the characters after which a name needs no space; a selector belongs to the kanji before it.
JAPANESE = ("CJK", "HIRAGANA", "IDEOGRAPHIC", "VARIATION")


class Named(Protocol):
    @property
    def shown_family_name(self) -> str: ...

    @property
    def shown_given_name(self) -> str: ...


def full(person: Named) -> str:
    """田口喜大, NGUYEN VAN AN: running text and headings."""
    return joined(person.shown_family_name, person.shown_given_name)


def spaced(person: Named) -> str:
    """田口 喜大: pages, mails and labels."""
    return f"{person.shown_family_name} {person.shown_given_name}".strip()


def roster(person: Named) -> str:
    """田口　喜大: rosters and name plates, with a full-width space."""
    return f"{person.shown_family_name}\u3000{person.shown_given_name}".strip()


def joined(family: str, given: str) -> str:
    """Without a space, unless nobody could then tell where the given name begins."""
    scripts = {_script(family[-1:]), _script(given[:1])} - {""}
    apart = family and given and ("latin" in scripts or scripts == {"katakana"})
    return f"{family} {given}" if apart else family + given


def _script(character: str) -> str:
    name = unicodedata.name(character, "") if character else ""
    if "KATAKANA" in name:
        return "katakana"
    return "latin" if name and not name.startswith(JAPANESE) else "japanese"


def with_title(department: str, job_title: str) -> str:
    """行政経営課 + 課長 → 行政経営課長; 税務課 + 課税係長 → 税務課課税係長; 市民課 + 主査 → 市民課主査."""
    unit, rest = department[-1:], job_title[1:]
    shares = unit and unit in UNITS and job_title.startswith(unit) and rest.startswith(HEADS)
    return department + (rest if shares else job_title)


def honorific(*, is_guest: bool) -> "StrOrPromise":
    """様 for experts and whoever else comes from outside, さん inside the house."""
    return _("様") if is_guest else _("さん")
