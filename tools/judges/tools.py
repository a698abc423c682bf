"""Where the tools lie: npm packages and a venv of their own below var/judges, made by tools/judges/setup."""

import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tools.judges import Missing

HERE = Path(__file__).parent
HOME = HERE.parents[1] / "var" / "judges"


def node(script: str) -> list[str]:
    return [program("node", "apt-get install nodejs npm (Node.js 20 or newer)"), str(package(script))]


def package(path: str) -> Path:
    """A file of an npm package."""
    found = HOME / "npm" / "node_modules" / path
    if not found.exists():
        raise Missing(f"{path.partition('/')[0]}: tools/judges/setup (npm ci)")
    return found


def program(name: str, remedy: str) -> str:
    path = shutil.which(name)
    if path is None:
        raise Missing(f"{name}: {remedy}")
    return path


def venv(name: str) -> Path:
    found = HOME / "venv" / "bin" / name
    if not found.exists():
        raise Missing(f"{name}: tools/judges/setup (pip)")
    return found


def answer(command: Sequence[str | Path]) -> Any:
    """What a tool prints as JSON, by way of a file: a program of Node leaves what does not fit into a pipe."""
    said = HOME / "said.json"
    with said.open("w") as out:
        ran = subprocess.run(command, stdout=out, stderr=subprocess.PIPE, text=True, check=False)
    if not said.stat().st_size:
        raise RuntimeError(ran.stderr)
    return json.loads(said.read_text())
