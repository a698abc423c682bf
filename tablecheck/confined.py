"""`python -m tablecheck.confined`: the command of the same options in a process of its own, for workbooks.

A workbook of a few kilobytes can ask for more memory than any machine has, and its reader then ends the process
with a trace of its own. So it is read by a child with an allowance of memory and time, whose last words nobody
hears; the answer is one line of JSON. Where the system knows no such allowance, the reader's own measures must do.
"""

import io
import json
import os
import subprocess
import sys
from argparse import Namespace
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

from tablecheck.apart import died
from tablecheck.limits import MEGABYTE

try:
    import resource
except ImportError:  # pragma: no cover  -- Windows
    resource = None  # type: ignore[assignment]

MEMORY, SECONDS = 2048 * MEGABYTE, 60
# Set for the child, which would start another one otherwise.
CONFINED = "TABLECHECK_CONFINED"
PATHS = ("file", "boundary", "repair")


def is_confined() -> bool:
    return CONFINED in os.environ


def answer_of(options: dict[str, Any]) -> tuple[int, str, str]:
    """(exit code, what it says, what it refuses). Raises Unreadable where the child died of it."""
    asked = {name: str(value) if isinstance(value, Path) else value for name, value in options.items()}
    found = Path(__file__).resolve().parents[1]
    paths = os.pathsep.join(filter(None, [str(found), os.environ.get("PYTHONPATH", "")]))
    try:
        child = subprocess.run(
            [sys.executable, "-P", "-m", "tablecheck.confined"],
            input=json.dumps(asked).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": paths, CONFINED: "1"},
            timeout=2 * SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise died("time") from None
    if child.returncode == -signal_of_time():
        raise died("time")
    if child.returncode:
        raise died("memory")
    code, out, err = json.loads(child.stdout)
    return code, out, err


def signal_of_time() -> int:
    import signal  # known by another name on each system

    return int(getattr(signal, "SIGXCPU", 0))


def main(run: Callable[[Namespace], int]) -> None:
    asked = json.loads(sys.stdin.buffer.read())
    options = Namespace(
        **{name: Path(value) if value and name in PATHS else value for name, value in asked.items()}
    )
    if resource:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = run(options)
    sys.stdout.write(json.dumps([code, out.getvalue(), err.getvalue()]))


if __name__ == "__main__":
    from tablecheck.cli import run

    main(run)
