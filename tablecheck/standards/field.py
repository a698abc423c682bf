"""One column of a standard."""

import re
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a standard, from a Table Schema with our `kind`, `level` and `column_required`."""

    name: str
    title: str
    kind: str
    required: bool = False
    unique: bool = False
    level: str = ""
    column_required: bool = False
    choices: tuple[str, ...] = ()
    pattern: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    min_length: int | None = None
    max_length: int | None = None
    # What stands in the column, for everybody; and what those mind who fill it in.
    description: str = ""
    note: str = ""
    example: str = ""
    # Other spellings of the title, beside those that several standards share (_aliases.json).
    aliases: tuple[str, ...] = ()
    # Titles of the older edition that say the same; several are joined.
    replaces: tuple[str, ...] = ()
    # Of a list of the section's own, of which no standard tells.
    own: bool = False

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Field":
        rules = kept.get("constraints", {})
        return cls(
            name=kept["name"],
            title=kept.get("title") or kept["name"],
            kind=_kind(kept, rules),
            required=bool(rules.get("required")),
            unique=bool(rules.get("unique")),
            level=kept.get("level", ""),
            column_required=bool(kept.get("column_required")),
            choices=tuple(str(choice) for choice in rules.get("enum", ())),
            pattern=_compilable(rules.get("pattern")),
            minimum=_number(rules.get("minimum")),
            maximum=_number(rules.get("maximum")),
            min_length=rules.get("minLength"),
            max_length=rules.get("maxLength"),
            description=kept.get("description", ""),
            note=kept.get("note", ""),
            example=str(kept.get("example", "")),
            aliases=tuple(kept.get("aliases", ())),
            replaces=tuple(kept.get("replaces", ())),
        )

    @property
    def must_exist(self) -> bool:
        return self.required or self.column_required or self.level == "必須"

    @property
    def should_exist(self) -> bool:
        return self.level == "推奨"


def _kind(kept: dict[str, Any], rules: dict[str, Any]) -> str:
    if "kind" in kept:
        return kept["kind"]
    if rules.get("enum"):
        return "choice"
    if kept.get("format") in {"uri", "email"}:
        return kept["format"]
    kind = kept.get("type", "string")
    return kind if kind in {"number", "integer", "date", "time", "datetime", "boolean", "year"} else "text"


def _number(value: Any) -> float | None:
    try:
        return None if value is None else float(value)
    except (TypeError, ValueError):
        return None


def _compilable(pattern: Any) -> str | None:
    """A pattern in another language's dialect is left out, not guessed at."""
    try:
        return str(re.compile(pattern).pattern)
    except (re.error, TypeError):
        return None
