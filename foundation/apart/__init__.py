"""Work on what strangers sent, in a process of its own: whatever a file does to it, it is the child that dies.

A reader that asks for a terabyte, loops, or is ended by the machine takes nobody's request with it. The child
has no database, no secrets in its environment, and an allowance of memory, time and disk (docs/adr/0011).
"""

from collections.abc import Callable
from typing import IO

from django.conf import settings

from foundation.apart.places import Busy, a_place
from foundation.apart.process import MEGABYTE, Allowance, Died, Tell, run

__all__ = ["Busy", "Died", "work"]


def work(
    module: str,
    kind: str,
    given: IO[bytes],
    *,
    wait: float,
    tell: Tell = lambda _line: None,
    waiting: Callable[[], None] | None = None,
) -> IO[bytes]:
    """Let `python -m module kind` work on `given`, two at most on this machine; return what it wrote.

    Raises Busy where no place became free in so many seconds (`waiting` is called meanwhile), and Died where
    the child gave no answer.
    """
    allowance = Allowance(memory=settings.READER_MEMORY_MB * MEGABYTE)
    with a_place(settings.VAR_DIR / "readers", of=settings.READERS_AT_ONCE, wait=wait, waiting=waiting):
        return run(module, [kind], given, allowance, tell)
