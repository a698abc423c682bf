"""Keeps the demo's server and worker running, and ends both within five seconds."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Self

# The database wants the rest of the five seconds.
GRACE_SECONDS = 2
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Supervisor:
    """Children run in sessions of their own: Ctrl-C reaches this process alone, and it ends them in order.

    Where this process is killed and can end nobody, they notice by their lifeline: a pipe whose other end is held
    here and nowhere else.
    """

    def __init__(self, **commands: list[str]) -> None:
        self.commands = commands
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        self.lifeline, self._held = os.pipe()

    def __enter__(self) -> Self:
        for name in self.commands:
            self._start(name)
        return self

    def __exit__(self, *_error: object) -> None:
        for number in SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        for child in self.children.values():
            child.terminate()
        deadline = time.monotonic() + GRACE_SECONDS
        for child in self.children.values():
            try:
                child.wait(max(0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        os.close(self.lifeline)
        os.close(self._held)

    def watch(self) -> None:
        """Return when the server has ended by itself; a worker that ended is started again."""
        while self.children["server"].poll() is None:
            if self.children["worker"].poll() is not None:
                self._start("worker")
            if make_was_interrupted():
                raise KeyboardInterrupt
            time.sleep(0.5)

    def _start(self, name: str) -> None:
        command = [sys.executable, "-m", "dxbukai.demo.lifeline", str(self.lifeline), *self.commands[name]]
        self.children[name] = subprocess.Popen(command, start_new_session=True, pass_fds=[self.lifeline])


def interrupt_on_any_signal() -> None:
    """Make each of the signals a KeyboardInterrupt; a shell's background job is born with SIGINT ignored."""
    for number in SIGNALS:
        signal.signal(number, signal.default_int_handler)


def make_was_interrupted() -> bool:
    """Whether make got SIGINT alone: it tells nobody, blocks the signal and waits for us without end."""
    try:
        status = Path(f"/proc/{os.getppid()}/status").read_text()
    except OSError:
        return False
    blocked = re.search(r"^SigBlk:\s*([0-9a-f]+)$", status, re.MULTILINE)
    return bool(status.startswith("Name:\tmake\n") and blocked and int(blocked[1], 16) & 1 << (signal.SIGINT - 1))
