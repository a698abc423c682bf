"""How the section said that a file is to be read, as it is kept with the file and as the engine is asked.

What is not said, the file tells. `sheet` is the sheet's name, the others are the fields of tablecheck.Way.
"""

from typing import Any

Way = dict[str, Any]


def as_kept(said: Way) -> Way:
    """Only what was said, in an order that is always the same."""
    return {name: value for name, value in sorted(said.items()) if value not in (None, "", [], ())}


def asked(way: Way) -> dict[str, Any]:
    """The same as questions to the engine's child."""
    return {"sheet": way.get("sheet"), "way": {name: value for name, value in way.items() if name != "sheet"}}


def without(way: Way, row: int) -> Way:
    """The same, but that this row (by Excel's number) is no record."""
    kept, dropped = set(way.get("kept", ())) - {row}, set(way.get("dropped", ())) | {row}
    return as_kept({**way, "kept": sorted(kept), "dropped": sorted(dropped)})


def with_row(way: Way, row: int) -> Way:
    """The same, but that this row is a record: nobody drops it, and what it looks like does not count."""
    dropped = set(way.get("dropped", ()))
    kept = set(way.get("kept", ())) | ({row} - dropped)
    return as_kept({**way, "kept": sorted(kept), "dropped": sorted(dropped - {row})})
