"""The demo is told to stop by each signal, or killed before it can end anybody; nothing of it is left.

It is started as a background job, born deaf to SIGINT. Once there are twice as many busy processes beside it as
processors, and once everybody is killed at the same moment, but the database and its caretaker.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

from django.conf import settings

from foundation.db.embedded import Server
from tools.drills import Counts, judge
from tools.drills.portal import free_port, is_free

# Seconds: told by a signal, and on a busy machine or killed.
TOLD, KILLED = 5, 10
LAST_LINE = "終わるとき"
# Names the folder of the demo, which is planted once for all steps.
PLACE = "DRILL_PLACE"
BURN = "while True: pass"


@contextmanager
def place_for_a_demo() -> Iterator[None]:
    """Directly below /tmp, so that the database's user may enter where the drill is run by root."""
    place = Path(tempfile.gettempdir(), f"dxbukai drill {os.getpid()}")
    os.environ[PLACE] = str(place)
    try:
        yield
    finally:
        shutil.rmtree(place, ignore_errors=True)


def told(number: signal.Signals) -> Counts:
    return ended(lambda demo: demo.send_signal(number), within=TOLD)


def told_on_a_busy_machine() -> Counts:
    return ended(lambda demo: demo.terminate(), within=KILLED, burners=2 * (os.cpu_count() or 1))


def supervisor_killed() -> Counts:
    return ended(lambda demo: demo.kill(), within=KILLED, exit_code=-signal.SIGKILL)


def supervisor_killed_on_a_busy_machine() -> Counts:
    burners = 2 * (os.cpu_count() or 1)
    return ended(lambda demo: demo.kill(), within=KILLED, exit_code=-signal.SIGKILL, burners=burners)


def everybody_killed() -> Counts:
    return ended(kill_everybody, within=KILLED, exit_code=-signal.SIGKILL)


def kill_everybody(demo: "subprocess.Popen[str]") -> None:
    """Whatever runs the product's own code for people; the supervisor first, so that nobody is replaced."""
    demo.kill()
    for pid, words in processes().items():
        if any(word in words for word in (b"manage.py", b"gunicorn", b"dxbukai.demo.lifeline")):
            os.kill(pid, signal.SIGKILL)


def ended(
    end: Callable[["subprocess.Popen[str]"], object], *, within: float, exit_code: int = 0, burners: int = 0
) -> Counts:
    port, socket = free_port(), Server(Path(os.environ[PLACE], "postgres")).socket_dir
    with ExitStack() as afterwards:
        afterwards.callback(kill_what_is_left)
        demo = start_demo(port)
        for _ in range(burners):
            afterwards.callback(subprocess.Popen([sys.executable, "-c", BURN]).kill)
        working = len(processes())
        told = time.monotonic()
        end(demo)
        while (left := processes()) and time.monotonic() < told + within:
            time.sleep(0.05)
        seconds = time.monotonic() - told
        counts = {
            "processes": working,
            "busy beside it": burners,
            "seconds": round(seconds, 1),
            "processes left": len(left),
            "sockets left": int(socket.exists()),
            "port free": is_free(port),
            "exit code": demo.wait(30),
        }
        demo.stdout.close()  # type: ignore[union-attr]
    left_over = counts["processes left"] or counts["sockets left"] or not counts["port free"]
    return judge(counts, all_right=not left_over and counts["exit code"] == exit_code)


def start_demo(port: int) -> "subprocess.Popen[str]":
    own = {"DXBUKAI_MODE": "demo", "DXBUKAI_VAR": os.environ[PLACE], "PYTHONUNBUFFERED": "1"}
    environment = os.environ | own
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
    raise RuntimeError("the demo did not start")


def kill_what_is_left() -> None:
    for pid in processes():
        os.kill(pid, signal.SIGKILL)
    while processes():
        time.sleep(0.05)


def processes() -> dict[int, bytes]:
    """By the place in their environment, or in their command line: the database's environment is empty of it.

    With their command lines. This process knows the place too, and so does the one that started it.
    """
    mine = {os.getpid(), os.getppid()}
    pids = {int(folder.name) for folder in Path("/proc").glob("[0-9]*")} - mine
    found = {pid: (told_to(pid, "environ"), told_to(pid, "cmdline")) for pid in pids}
    place = os.environ[PLACE].encode()
    return {
        pid: words
        for pid, (environment, words) in found.items()
        if b"DXBUKAI_VAR=" + place in environment or place in words
    }


def told_to(pid: int, what: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/{what}").read_bytes()
    except OSError:
        return b""


STEPS = {
    **{f"by {number.name}": partial(told, number) for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)},
    "by SIGTERM on a busy machine": told_on_a_busy_machine,
    "supervisor killed": supervisor_killed,
    "supervisor killed on a busy machine": supervisor_killed_on_a_busy_machine,
    "everybody killed": everybody_killed,
}
