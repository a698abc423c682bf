"""A line of the plan: what would become of one person, in words for the page and in values for the writing."""

import datetime as dt
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class LineKind(TextChoices):
    ADD = "add", _("追加")
    CHANGE = "change", _("変更")
    MOVE = "move", _("異動")
    LEAVE = "leave", _("退任")
    SAME = "same", _("変更なし")
    ASK = "ask", _("確認が必要")


# What a registration does something with.
DOING = (LineKind.ADD, LineKind.CHANGE, LineKind.MOVE, LineKind.LEAVE)
# Answers to what a row asks, beside the number of a person.
NEW, USE, SKIP = "new", "use", "skip"


@dataclass(slots=True)
class Line:
    """`row` is Excel's number, 0 where nobody stands on the list; `seen` the count of the person's row."""

    row: int
    kind: str
    name: str
    person: int | None = None
    seen: int = 0
    # (what, before, after), in words.
    changes: list[list[str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    question: str = ""
    choices: list[list[str]] = field(default_factory=list)
    # Of the register: what is written of the person, of the post here, of terms in groups.
    fields: dict[str, Any] = field(default_factory=dict)
    steps: list[dict[str, Any]] = field(default_factory=list)

    @property
    def key(self) -> str:
        """By which a page ticks it: a row of the list, or a person who is not on it."""
        return f"r{self.row}" if self.row else f"p{self.person}"

    @property
    def does(self) -> bool:
        return self.kind in DOING

    @property
    def kind_name(self) -> str:
        return str(LineKind(self.kind).label)

    def as_json(self) -> dict[str, Any]:
        """The line's own lists, not copies: of three thousand lines a copy takes seconds."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(slots=True)
class Options:
    """What the person decided for all rows, and for some."""

    category: str = ""
    valid_from: str = ""
    moved_on: str = ""
    complete: bool = False
    fill_down: bool = False
    move_terms: bool = False
    sections: dict[str, str] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    unticked: list[str] = field(default_factory=list)

    @property
    def first_day(self) -> dt.date:
        return dt.date.fromisoformat(self.valid_from)

    @property
    def moving_day(self) -> dt.date:
        return dt.date.fromisoformat(self.moved_on)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(slots=True)
class RosterPlan:
    """`unknown` are the sections that the town does not have, as the list calls them: [key, words]."""

    lines: list[Line]
    unknown: list[list[str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "RosterPlan":
        return cls([Line(**line) for line in kept["lines"]], kept["unknown"], kept["notes"])

    def as_json(self) -> dict[str, Any]:
        return {"lines": [line.as_json() for line in self.lines], "unknown": self.unknown, "notes": self.notes}

    def counts(self) -> dict[str, int]:
        found = Counter(line.kind for line in self.lines)
        return {kind: found[kind] for kind in LineKind.values}

    def chosen(self, unticked: Iterable[str]) -> list[Line]:
        """What would be done, as far as it is ticked."""
        left_out = set(unticked)
        return [line for line in self.lines if line.does and line.key not in left_out]


def digest(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def promised(lines: Sequence[Line]) -> str:
    """Of what the page showed: another hash is another promise."""
    return digest([line.as_json() for line in lines])
