"""Who has something in hand at this moment: a file for each piece of work, taken away when it is done.

A process that is killed leaves its files, so it is known, and not guessed from the rows of the product, whether it
had something in hand when it died.
"""

import os
import random
import signal
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

_numbers = count()
# Seconds that an email takes before its delivery, and after it; a note takes as long as both.
IN_HAND = 0.03


def is_watched() -> bool:
    return "DRILL_HAND" in os.environ


@contextmanager
def holding() -> Iterator[None]:
    if not is_watched():
        yield
        return
    mark = Path(os.environ["DRILL_HAND"], f"{os.getpid()} {next(_numbers)}")
    mark.touch()
    try:
        yield
    finally:
        mark.unlink()


def mark_jobs() -> None:
    """From its taking to the note of what became of it. Emails take their time, or nobody would meet one."""
    from foundation.jobs.models import Job
    from foundation.jobs.registry import Kind
    from foundation.jobs.worker import Worker
    from foundation.mail.jobs import EmailKind

    do, handle = Worker.do, EmailKind.handle

    def marked(self: Worker, kind: Kind, job: Job) -> None:
        with holding():
            do(self, kind, job)

    def slow(self: EmailKind, job: Job) -> None:
        time.sleep(IN_HAND)
        handle(self, job)
        time.sleep(IN_HAND)

    Worker.do, EmailKind.handle = marked, slow  # type: ignore[method-assign]


class Hands:
    """What the killer sees of them."""

    def __init__(self, place: str) -> None:
        self.place = Path(place)
        self.environment = {"DRILL_HAND": place}
        self.killed = self.struck = 0

    def holders(self) -> set[int]:
        return {int(mark.name.split()[0]) for mark in self.place.iterdir()}

    def strike(self, *, within: float, among: Collection[int] | None = None) -> int | None:
        """Kill one that has something in hand, after up to `within` seconds; its number, or None if nobody had.

        If its mark is still there when it is gone, it was struck with something in hand.
        """
        holders = self.holders()
        if among is not None:
            holders &= set(among)
        if not holders:
            return None
        pid = random.choice(sorted(holders))  # noqa: S311
        time.sleep(random.uniform(0, within))  # noqa: S311
        os.kill(pid, signal.SIGKILL)
        while not is_gone(pid):
            time.sleep(0.002)
        left = list(self.place.glob(f"{pid} *"))
        self.killed += 1
        self.struck += bool(left)
        for mark in left:
            mark.unlink()
        return pid


def is_gone(pid: int) -> bool:
    """One's own child is gone when it is asked for, another's when its parent has taken note."""
    try:
        return os.waitpid(pid, os.WNOHANG) != (0, 0)
    except ChildProcessError:
        return not is_there(pid)


def is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
