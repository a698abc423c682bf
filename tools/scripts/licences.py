"""Prints what a server installs and under which licence, as NOTICE has it; `--check` compares."""

import re
import sys
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
LOCK, NOTICE = ROOT / "requirements.lock", ROOT / "NOTICE"
TITLE = "Packages that a server installs (requirements.lock)"
PINNED = re.compile(r"^[a-z0-9-]+==[^\\]+", re.MULTILINE)
CLASSIFIER = "License :: OSI Approved :: "


def packages() -> list[str]:
    """Those that are installed on this platform."""
    pinned = [Requirement(line.strip()) for line in PINNED.findall(LOCK.read_text())]
    return [line_of(one.name) for one in pinned if one.marker is None or one.marker.evaluate()]


def line_of(name: str) -> str:
    found = distribution(name).metadata.json
    of_lists = [text.removeprefix(CLASSIFIER) for text in found.get("classifier", []) if CLASSIFIER in text]
    said = str(found.get("license", "")).partition("\n")[0]
    named = found.get("license_expression") or " / ".join(of_lists) or said
    assert named, f"{name} names no licence"
    return f"- {found['name']}: {named}"


def section() -> str:
    return "\n".join([TITLE, "-" * len(TITLE), *packages(), ""])


def written() -> str:
    """The rest of NOTICE stays."""
    text = NOTICE.read_text()
    before, _title, _old = text.partition(TITLE)
    return f"{before.rstrip()}\n\n{section()}"


if __name__ == "__main__":
    if "--check" in sys.argv and NOTICE.read_text() != written():
        sys.exit("NOTICE names other packages than requirements.lock: run tools/scripts/licences.py")
    if "--check" not in sys.argv:
        NOTICE.write_text(written())
