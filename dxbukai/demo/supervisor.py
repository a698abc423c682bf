"""Keeps the demo's server and worker running, and ends both within five seconds."""

import signal
import subprocess
import sys
import time

GRACE_SECONDS = 3


class Stopped(Exception):
    """Somebody asked the demo to end."""


class Supervisor:
    """Children run in sessions of their own: Ctrl-C reaches this process alone, and it ends them in order."""

    def __init__(self, **commands: list[str]):
        self.commands = commands
        self.children: dict[str, subprocess.Popen] = {}

    def __enter__(self):
        # Named explicitly: a shell's background job is born with SIGINT ignored.
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, _stop)
        for name in self.commands:
            self._start(name)
        return self

    def __exit__(self, *_error):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
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

    def watch(self) -> None:
        """Return when the server has ended by itself; a worker that ended is started again."""
        while self.children["server"].poll() is None:
            if self.children["worker"].poll() is not None:
                self._start("worker")
            time.sleep(0.5)

    def _start(self, name: str) -> None:
        self.children[name] = subprocess.Popen([sys.executable, *self.commands[name]], start_new_session=True)


def _stop(*_signal):
    raise Stopped
