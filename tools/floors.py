"""The floors of the house, as pyproject.toml lists them for coverage: whoever reads every source asks here."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FLOORS: tuple[str, ...] = tuple(
    tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["coverage"]["run"]["source"]
)
