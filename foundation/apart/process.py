"""Starts the child, listens to how far it is, and ends it when its time is over."""

import json
import logging
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from foundation.apart.child import OUT_OF_MEMORY

logger = logging.getLogger(__name__)
ROOT = Path(__file__).resolve().parents[2]
# Of our environment the child needs nothing but these: no key, no address of the database.
INHERITED = ("PATH", "LANG", "LC_ALL", "TZ", "TMPDIR", "COVERAGE_PROCESS_CONFIG", "COVERAGE_PROCESS_START")
# What polars and its like take per thread is address space too.
THREADS = dict.fromkeys(("POLARS_MAX_THREADS", "RAYON_NUM_THREADS", "OMP_NUM_THREADS"), "2")
# Of what a library in Rust says as it ends, a line is enough.
OURS = THREADS | {"RUST_BACKTRACE": "0"}
MEGABYTE = 1 << 20
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Allowance:
    """In bytes and seconds. `cpu_seconds` count on every core together, `seconds` on the clock."""

    memory: int = 2048 * MEGABYTE
    disk: int = 1024 * MEGABYTE
    cpu_seconds: int = 60
    seconds: float = 45


class Died(Exception):
    """The child gave no answer. `reason` is "memory", "time" or "unknown"."""

    def __init__(self, reason: str, last_words: str = "") -> None:
        super().__init__(f"{reason} {last_words}".strip())
        self.reason = reason


def run(module: str, arguments: Iterable[str], given: IO[bytes], allowance: Allowance, tell: Tell) -> IO[bytes]:
    """Let `python -m module …` read `given` from its beginning; return what it wrote, from its beginning.

    It writes the result on stdout; whatever it writes a line of on the descriptor in its last argument is told
    at once. Raises Died.
    """
    result, words = tempfile.TemporaryFile(), tempfile.TemporaryFile()  # noqa: SIM115 -- handed on
    heard, spoken = os.pipe()
    given.seek(0)
    try:
        child = subprocess.Popen(
            [
                *(sys.executable, "-m", "foundation.apart.child", json.dumps(asdict(allowance))),
                *(module, *arguments, str(spoken)),
            ],
            cwd=ROOT,
            env={name: os.environ[name] for name in INHERITED if name in os.environ} | OURS,
            stdin=given,
            stdout=result,
            stderr=words,
            pass_fds=[spoken],
        )
    finally:
        os.close(spoken)
    with ExitStack() as unless_all_is_well, words, os.fdopen(heard, "rb", buffering=0) as telling:
        unless_all_is_well.enter_context(result)
        until = time.monotonic() + allowance.seconds
        try:
            in_time = _listen(telling, until, tell) and _ends(child, until)
        finally:
            # Also where the one who listens is told to stop meanwhile.
            child.kill()
            code = child.wait()
        if code:
            raise _death(code, in_time, _last(words))
        unless_all_is_well.pop_all()
    result.seek(0)
    return result


def _listen(telling: IO[bytes], until: float, tell: Tell) -> bool:
    """Whether the child closed its end, which it does in any case when it ends, before the time was over."""
    rest = b""
    while (left := until - time.monotonic()) > 0:
        if not select.select([telling], [], [], left)[0]:
            continue
        heard = telling.read(65_536)
        if not heard:
            return True
        *lines, rest = (rest + heard).split(b"\n")
        for line in lines:
            tell(line.decode())
    return False


def _ends(child: "subprocess.Popen[bytes]", until: float) -> bool:
    try:
        child.wait(max(0, until - time.monotonic()))
    except subprocess.TimeoutExpired:
        return False
    return True


def _death(code: int, in_time: bool, last_words: str) -> Died:
    """An allocation that fails aborts the libraries in Rust, and a killed child was often the machine's choice."""
    if not in_time or code == -signal.SIGXCPU:
        reason = "time"
    elif code in {OUT_OF_MEMORY, -signal.SIGABRT, -signal.SIGKILL, -signal.SIGSEGV, -signal.SIGBUS}:
        reason = "memory"
    else:
        reason = "unknown"
    logger.warning("a child died of %s (%s): %s", reason, code, last_words)
    return Died(reason, last_words)


def _last(words: IO[bytes], most: int = 2000) -> str:
    size = words.seek(0, os.SEEK_END)
    words.seek(max(0, size - most))
    return words.read().decode(errors="replace").strip()
