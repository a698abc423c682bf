"""How many children work at once on a machine: locks on files, which the kernel lets go of when a process dies."""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

# Seconds between two looks.
BEAT = 0.1


class Busy(Exception):
    """All places are taken, and nobody left in time."""


@contextmanager
def a_place(folder: Path, *, of: int, wait: float, waiting: Callable[[], None] | None = None) -> Iterator[None]:
    """Hold one of so many places, for all processes that name this folder. Raises Busy after so many seconds."""
    folder.mkdir(parents=True, exist_ok=True)
    until = time.monotonic() + wait
    while (held := _take(folder, of)) is None:
        if time.monotonic() >= until:
            raise Busy
        if waiting:
            waiting()
        time.sleep(BEAT)
    try:
        yield
    finally:
        os.close(held)


def _take(folder: Path, of: int) -> int | None:
    for number in range(of):
        door = os.open(folder / f"{number}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(door, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(door)
        else:
            return door
    return None
