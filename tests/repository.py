"""What the tests about the repository itself read: every source file and template, once."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ["dxbukai", "reports", "opendata", "meetings", "members", "tablecheck", "foundation"]
JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠々〇]")


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
