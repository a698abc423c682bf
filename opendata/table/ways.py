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
