"""The demo is told to stop by each signal, as a background job born deaf to SIGINT; nothing of it is left."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from tools.drills import Counts, Failed

SECONDS_ALLOWED = 5
LAST_LINE = "終わるとき"


def drill() -> Iterator[tuple[str, Counts]]:
    with place_for_a_demo() as place:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            yield f"by {number.name}", stop(place, number)


@contextmanager
def place_for_a_demo() -> Iterator[Path]:
    """Directly below /tmp, so that the database's user may enter where the drill is run by root."""
    place = Path(tempfile.gettempdir(), f"dxbukai drill {os.getpid()}")
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def stop(place: Path, number: signal.Signals) -> Counts:
    port = free_port()
    demo = start_demo(place, port)
    sockets = set(Path("/tmp").glob("dxbukai-*/.s.PGSQL.*"))  # noqa: S108 -- looked at, not written
    working = len(processes_of(place))
    told = time.monotonic()
    demo.send_signal(number)
    demo.communicate(timeout=30)
    seconds = time.monotonic() - told
    counts = {
        "processes": working,
        "seconds": round(seconds, 1),
        "processes left": len(processes_of(place)),
        "sockets gone": sum(not path.exists() for path in sockets),
        "port free": is_free(port),
        "exit code": demo.returncode,
    }
    if seconds > SECONDS_ALLOWED or counts["processes left"] or not counts["port free"] or demo.returncode:
        raise Failed(str(counts))
    if not counts["sockets gone"]:
        raise Failed(str(counts))
    return counts


def start_demo(place: Path, port: int) -> subprocess.Popen[str]:
    environment = os.environ | {"DXBUKAI_MODE": "demo", "DXBUKAI_VAR": str(place), "PYTHONUNBUFFERED": "1"}
    environment.pop("DATABASE_URL", None)
    demo = subprocess.Popen(
        [sys.executable, "manage.py", "demo", "--port", str(port)],
        cwd=settings.BASE_DIR,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN),  # noqa: PLW1509 -- no threads here
    )
    assert demo.stdout
    for line in demo.stdout:
        if LAST_LINE in line:
            return demo
    raise Failed("the demo did not start")


def processes_of(place: Path) -> list[int]:
    """By their environment, or by their command line: the database's is empty of ours."""
    return [int(pid.name) for pid in Path("/proc").glob("[0-9]*") if str(place).encode() in told_to(pid)]


def told_to(pid: Path) -> bytes:
    try:
        return (pid / "environ").read_bytes() + (pid / "cmdline").read_bytes()
    except OSError:
        return b""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0
