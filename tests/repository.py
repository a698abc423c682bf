"""What the tests about the repository itself read: every source file and template, once."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from tools.floors import FLOORS, ROOT

JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠々〇]")


def measured() -> dict[str, str]:
    """What a process with an environment of its own needs to be measured with the suite."""
    return {name: value for name, value in os.environ.items() if name.startswith("COVERAGE_")}


def python_files():
    for floor in FLOORS:
        for path in sorted((ROOT / floor).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def templates():
    yield from sorted((ROOT / "templates").rglob("*.html"))


def emails() -> Iterator[Path]:
    yield from sorted((ROOT / "templates").rglob("*.txt"))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
