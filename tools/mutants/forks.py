"""A process that has imported what is not ours, and forks for each run of tests, which reads ours anew.

It is asked by a line with the tests and the environment, and answers by a line with pytest's exit code. Of what it
imports nobody keeps a list: it is what its first run needed.
"""

import gc
import importlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import ModuleType

import pytest

# Far beyond what its tests need, also on a busy machine: a mutant that runs for ever is noticed by everybody.
PATIENCE = 400
# Those that the tests and pytest's settings ask for.
PLUGINS = ["pytest_django.plugin", "pytest_timeout", "_hypothesis_pytestplugin"]
PYTEST = ["-x", "-q", "--reuse-db", "-p", "no:cacheprovider", "--disable-plugin-autoload"]
# Pages bring in most of what there is.
FIRST = ["tests/members/test_member_pages.py"]
# What measures, what keeps no compiled text, and the settings, which are ours: no import may find them.
NOT_INHERITED = ("COV", "PYTHONDONTWRITEBYTECODE", "DJANGO_SETTINGS_MODULE")


class Forks:
    """As others see it."""

    def __init__(self, place: Path, first: Sequence[str] = FIRST) -> None:
        self.place, self.first = place, first
        self.start()

    def start(self) -> None:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(NOT_INHERITED)}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tools.mutants.forks", *self.first],
            cwd=self.place,
            env=inherited | {"DXBUKAI_MODE": "test", "PYTHONPATH": str(self.place)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        if self.answer() != 0:
            self.end()
            raise RuntimeError(f"Without any mutant, too, these fail in {self.place}: {' '.join(self.first)}")

    def run(self, tests: Sequence[str], environ: Mapping[str, str]) -> int:
        if self.process.poll() is not None:
            self.start()
        assert self.process.stdin
        self.process.stdin.write(json.dumps([tests, environ]) + "\n")
        self.process.stdin.flush()
        return self.answer()

    def answer(self) -> int:
        """The exit code; of tests that took this process along, that of a kill."""
        assert self.process.stdout
        if line := self.process.stdout.readline():
            return int(line)
        self.end()
        return -signal.SIGKILL

    def end(self) -> None:
        self.process.communicate()


def main(first: Sequence[str]) -> None:
    imported = Path("var/imported.txt").resolve()
    learned = fork(lambda: learn(first, imported))
    warm_up(imported.read_text().split())
    # Once more, for now a run could also fail by what it found imported.
    answer(learned or fork(lambda: run(first, {})))
    for line in sys.stdin:
        tests, environ = json.loads(line)
        answer(fork(lambda: run(tests, environ)))  # noqa: B023 -- runs at once


def answer(code: int) -> None:
    sys.stdout.write(f"{code}\n")
    sys.stdout.flush()


def fork(work: Callable[[], int]) -> int:
    child = os.fork()
    if not child:
        os.setsid()
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in range(3):
            os.dup2(nowhere, stream)
        sys.exit(work())
    return code_of(child)


def code_of(child: int) -> int:
    until = time.monotonic() + PATIENCE
    ended = 0, 0
    try:
        while not ended[0] and time.monotonic() < until:
            time.sleep(0.01)
            ended = os.waitpid(child, os.WNOHANG)
    finally:
        # Also what it started and left behind, which would work on the rows of the next.
        with suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode((ended if ended[0] else os.waitpid(child, 0))[1])


def run(tests: Sequence[str], environ: Mapping[str, str]) -> int:
    os.environ.update(environ)
    plugins = [*PLUGINS, *(["tools.mutants.promises"] if "MUTANT_PROMISE" in environ else [])]
    arguments = [*PYTEST, *(word for plugin in plugins for word in ("-p", plugin)), *tests]
    sys.argv = ["pytest", *arguments]
    return pytest.main(arguments)


def learn(tests: Sequence[str], imported: Path) -> int:
    code = run(tests, {})
    imported.write_text("\n".join(name for name, module in sys.modules.items() if not is_ours(module)))
    return code


def is_ours(module: ModuleType) -> bool:
    return Path(getattr(module, "__file__", None) or "/").is_relative_to(Path.cwd())


def warm_up(names: Sequence[str]) -> None:
    # Pytest imports plugins by itself, and refuses those that somebody else imported.
    plugins = {plugin.partition(".")[0] for plugin in PLUGINS}
    for name in names:
        if name.partition(".")[0] not in plugins:
            # Models ask for the settings: a run has to import them.
            with suppress(Exception):
                importlib.import_module(name)
    # No collection in a child touches, and thereby copies, what it has from here.
    gc.collect()
    gc.freeze()


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        main(sys.argv[1:])
