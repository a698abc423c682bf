"""What stands in each column: how much is filled, how many values, from where to where, which most often."""

from collections.abc import Iterable, Sequence
from heapq import nlargest
from operator import itemgetter
from typing import Any

from opendata.intake.columns import suspects
from opendata.intake.rules import dates
from opendata.intake.standards import Field

NUMBER = r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?"
WHOLE = "-?(?:0|[1-9][0-9]{0,14})"
NUMBERS = frozenset({"number", "integer", "latitude", "longitude", "year"})
ORDERED = {"date": dates.CLEAN_DATE, "time": dates.CLEAN_TIME}
MOST = 10


def profile(index: int, counts: dict[str, int], field: Field | None) -> dict[str, Any]:
    """The profile of one column from its values and how often each stands there."""
    values = [value for value in counts if value]
    kind = _kind(values, field)
    lowest, highest = _range(values, kind)
    return {
        "index": index,
        "filled": sum(counts.values()) - counts.get("", 0),
        "distinct": len(values),
        "type": kind,
        "min": lowest,
        "max": highest,
        "top": _most_frequent(values, counts),
    }


def _kind(values: Sequence[str], field: Field | None) -> str:
    """The standard's word for the column, or what all of its values look like."""
    if field and field.kind != "text":
        return "number" if field.kind in {"latitude", "longitude"} else field.kind
    if not values or field:
        return "text"
    shapes = {"integer": WHOLE, "number": NUMBER, **ORDERED}
    return next((kind for kind, shape in shapes.items() if _all(values, shape)), "text")


def _all(values: Iterable[str], shape: str) -> bool:
    return next(suspects(values, shape), None) is None


def _range(values: Sequence[str], kind: str) -> tuple[Any, Any]:
    """From where to where, over the values that can be ordered as what they are."""
    if kind in NUMBERS:
        odd = set(suspects(values, NUMBER))
        numbers = list(map(float, (value for value in values if value not in odd) if odd else values))
        return (_short(min(numbers)), _short(max(numbers))) if numbers else (None, None)
    if kind in ORDERED:
        odd = set(suspects(values, ORDERED[kind]))
        ordered = [value for value in values if value not in odd]
        return (min(ordered), max(ordered)) if ordered else (None, None)
    return None, None


def _short(number: float) -> float | int:
    return int(number) if number.is_integer() else number


def _most_frequent(values: Sequence[str], counts: dict[str, int]) -> list[list[Any]]:
    if not values:
        return []
    if max(counts.values()) == 1:
        return [[value, 1] for value in values[:MOST]]
    filled = [item for item in counts.items() if item[0]]
    return [list(item) for item in nlargest(MOST, filled, key=itemgetter(1))]
