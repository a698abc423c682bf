"""The page's way of the intake bench: a department's upload, in a house of its own."""

import atexit
import sys
from collections.abc import Callable
from contextlib import ExitStack, redirect_stdout
from pathlib import Path

from tools.bench.house import empty_house


def reading(file: Path) -> Callable[[], int]:
    """Upload and read it once more each time; the house stays until the process ends."""
    end = ExitStack()
    with redirect_stdout(sys.stderr):
        end.enter_context(empty_house())
    atexit.register(end.close)

    from foundation.actions import Actor
    from members.models import Municipality, Posting
    from opendata import actions
    from tools import town

    town.group("bench")
    Municipality.objects.update(code="212032")
    department, clerk = town.department("環境課"), town.person()
    Posting.objects.create(user=clerk, department=department, valid_from=town.LONG_AGO)
    by, turns = Actor(clerk), iter(range(1_000))

    def run() -> int:
        # Another blank line at the end each time: the same file sent twice is one.
        data = file.read_bytes() + b"\r\n" * next(turns)
        version = actions.upload(department=department, standard="public_toilet", name=file.name, data=data, by=by)
        read = actions.read(version=version, by=by, wait=60)
        return read.findings.count()

    return run
