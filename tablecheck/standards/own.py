"""What a list of the section's own is held to: of each column its kind, whether it must be filled, and whether it
tells rows apart. Inferred from the file; true once a person has said so.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from tablecheck.cells import PlainCells
from tablecheck.standards.field import Field
from tablecheck.standards.guessing import guess
from tablecheck.standards.standard import Standard

# Kinds that a person can choose from; `clock` is how a guess leaves more open than anybody wants to say.
OWN_KINDS = (
    *("text", "integer", "number", "date", "time", "weekdays", "latitude", "longitude", "phone", "postal_code"),
    *("uri", "email", "municipality_code", "corporate_number", "kana", "spelling"),
)
LOOSER = {"clock": "time"}
# Titles of what tells rows apart; a phone's number does not.
KEY = re.compile(r"id$|^id|^no\.?$|番号$|コ.ド$", re.IGNORECASE)
NO_KEYS = {"phone", "postal_code", "municipality_code", "corporate_number"}


class OwnColumn(NamedTuple):
    """A column as the section says that it is."""

    title: str
    kind: str = "text"
    required: bool = False
    unique: bool = False


def infer(
    header: Sequence[str], sample: Sequence[Sequence[str]], profiles: Sequence[Mapping[str, Any]], height: int
) -> list[OwnColumn]:
    """`sample` are the first rows; how many cells are filled or differ, the profiles tell of all `height` rows."""
    columns = list(zip(*sample, strict=True)) or [()] * len(header)
    found: list[OwnColumn] = []
    for title, cells, profile in zip(header, columns, profiles, strict=True):
        guessed = guess(title, PlainCells(cells))
        kind = guessed.kind if guessed else profile["type"]
        kind = LOOSER.get(kind, kind)
        full = 0 < height == profile["filled"]
        is_key = full and profile["distinct"] == height and kind not in NO_KEYS and bool(KEY.search(title))
        unique = is_key and not any(column.unique for column in found)
        found.append(OwnColumn(title, kind if kind in OWN_KINDS else "text", full, unique))
    return found


def held_to(columns: Iterable[OwnColumn]) -> Standard:
    """The same as a standard by which the next file is judged: each of its columns must be there."""
    fields = tuple(
        Field(
            name=column.title,
            title=column.title,
            kind=column.kind if column.kind in OWN_KINDS else "text",
            required=column.required,
            unique=column.unique,
            column_required=True,
            own=True,
        )
        for column in columns
    )
    return Standard(name="", title="", fields=fields)
