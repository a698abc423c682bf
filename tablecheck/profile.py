"""What stands in each column: how much is filled, how many values, from where to where, which most often."""

import re
from collections.abc import Collection
from typing import Any

from tablecheck.cells import Cells
from tablecheck.columns import suspects
from tablecheck.rules import dates
from tablecheck.standards import Field

NUMBER = r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?"
WHOLE = "-?(?:0|[1-9][0-9]{0,14})"
NUMBERS = frozenset({"number", "integer", "latitude", "longitude", "year"})
ORDERED = {"date": dates.CLEAN_DATE, "time": dates.CLEAN_TIME}
SHAPES = {"integer": WHOLE, "number": NUMBER, **ORDERED}
MOST = 10


def profile(index: int, cells: Cells, field: Field | None, wrong: Collection[str]) -> dict[str, Any]:
    """One column; `wrong` are the values with which something is wrong."""
    kind = _kind(cells, field)
    lowest, highest = _range(cells, kind, wrong)
    return {
        "index": index,
        "filled": cells.filled,
        "distinct": cells.distinct,
        "type": kind,
        "min": lowest,
        "max": highest,
        "top": [list(item) for item in cells.top(MOST)],
    }


def _kind(cells: Cells, field: Field | None) -> str:
    """The standard's word for the column, or what all of its values look like."""
    if field:
        return "number" if field.kind in {"latitude", "longitude"} else field.kind
    text = cells.text()
    return next((kind for kind, shape in SHAPES.items() if text and not any(suspects(text, shape))), "text")


def _range(cells: Cells, kind: str, wrong: Collection[str]) -> tuple[Any, Any]:
    """From where to where. What has no problem can be ordered, and some of what has one."""
    if kind in NUMBERS:
        numbers = cells.numbers_between(_unreadable(wrong, NUMBER))
        return (_short(numbers[0]), _short(numbers[1])) if numbers else (None, None)
    if kind in ORDERED:
        return cells.texts_between(_unreadable(wrong, ORDERED[kind])) or (None, None)
    return None, None


def _unreadable(wrong: Collection[str], shape: str) -> set[str]:
    return {value for value in wrong if not re.fullmatch(shape, value)}


def _short(number: float) -> float | int:
    return int(number) if number.is_integer() else number
