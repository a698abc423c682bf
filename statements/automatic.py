"""What a machine found on each sort of page: a file of this release, made by `make accessibility`.

A rule that is broken proves that its criterion is not met. One that is kept proves little: the file says only that
nothing was found.
"""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("automatic.json")


@dataclass(frozen=True)
class Automatic:
    """`found`: sort of page → criterion → the rules that were broken; none where all that apply were kept."""

    tool: str
    made_on: date
    found: dict[str, dict[str, list[str]]]


@cache
def of_this_release() -> Automatic:
    return from_json(json.loads(FILE.read_text()))


def from_json(said: dict[str, Any]) -> Automatic:
    return Automatic(said["tool"], date.fromisoformat(said["made_on"]), said["found"])


def to_json(automatic: Automatic) -> dict[str, Any]:
    return {"tool": automatic.tool, "made_on": automatic.made_on.isoformat(), "found": automatic.found}
