"""The portal as the demo starts it, web server and all, on a free port; and people with a phone."""

import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from dxbukai.demo.management.commands.demo import HOST, SERVER, wait_for
from tools.drills.database import run


@contextmanager
def running_portal(*options: str, environment: dict[str, str] | None = None) -> Iterator[int]:
    """Its port. Later options outdo those of the demo."""
    port = free_port()
    server = start_portal(port, *options, environment=environment)
    try:
        yield port
    finally:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def start_portal(port: int, *options: str, environment: dict[str, str] | None = None) -> "subprocess.Popen[str]":
    """In a process group of its own; it answers when this returns."""
    command = ["tools.drills.wsgi:application" if word == "dxbukai.wsgi:application" else word for word in SERVER]
    server = run(
        *command,
        *options,
        "--bind",
        f"{HOST}:{port}",
        environment=environment,
        start_new_session=True,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(f"http://{HOST}:{port}/healthz", server)  # type: ignore[arg-type]
    except BaseException:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()
        raise
    return server


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) != 0
