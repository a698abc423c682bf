"""A process that has imported what is not ours, and forks for each run of tests, which reads ours anew.

It is asked by a line with the tests and the environment, and answers by a line with what was seen of them. Of what
it imports nobody keeps a list: it is what its first run needed.
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

from tools.mutants.seen import Seen

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
        if not self.answer().is_green(self.first):
            self.end()
            raise RuntimeError(f"Without any mutant, too, these fail in {self.place}: {' '.join(self.first)}")

    def run(self, tests: Sequence[str], environ: Mapping[str, str]) -> Seen:
        if self.process.poll() is not None:
            self.start()
        assert self.process.stdin
        self.process.stdin.write(json.dumps([tests, environ]) + "\n")
        self.process.stdin.flush()
        return self.answer()

    def answer(self) -> Seen:
        """Of tests that took this process along, the exit code of a kill."""
        assert self.process.stdout
        if line := self.process.stdout.readline():
            return Seen(**json.loads(line))
        self.end()
        return Seen(code=-signal.SIGKILL)

    def end(self) -> None:
        self.process.communicate()


def main(first: Sequence[str]) -> None:
    imported = Path("var/imported.txt").resolve()
    learned = seen_of(lambda: learn(first, imported))
    warm_up(imported.read_text().split())
    # Once more, for now a run could also fail by what it found imported.
    answer(learned if learned.code else seen_of(lambda: run(first, {})))
    for line in sys.stdin:
        tests, environ = json.loads(line)
        answer(seen_of(lambda: run(tests, environ)))  # noqa: B023 -- runs at once


def answer(seen: Seen) -> None:
    sys.stdout.write(f"{json.dumps(seen.told())}\n")
    sys.stdout.flush()


def seen_of(work: Callable[[], Seen]) -> Seen:
    """What the fork tells at its end; of one that did not come so far, that it failed."""
    told = Path("var/seen.json").resolve()
    told.unlink(missing_ok=True)
    code = fork(lambda: told.write_text(json.dumps(work().told())))
    if code == 0 and told.exists():
        return Seen(**json.loads(told.read_text()))
    return Seen(code=code or -1)


def fork(work: Callable[[], object]) -> int:
    child = os.fork()
    if not child:
        os.setsid()
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in range(3):
            os.dup2(nowhere, stream)
        work()
        sys.exit()
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


def run(tests: Sequence[str], environ: Mapping[str, str], *options: str) -> Seen:
    os.environ.update(environ)
    plugins = [*PLUGINS, *(["tools.mutants.promises"] if "MUTANT_PROMISE" in environ else [])]
    arguments = [*PYTEST, *options, *(word for plugin in plugins for word in ("-p", plugin)), *tests]
    sys.argv = ["pytest", *arguments]
    seen = Seen()
    seen.code = int(pytest.main(arguments, plugins=[seen]))
    return seen


def learn(tests: Sequence[str], imported: Path) -> Seen:
    # A bench of the same name may have left the database of another state.
    seen = run(tests, {}, "--create-db")
    imported.write_text("\n".join(name for name, module in sys.modules.items() if not is_ours(module)))
    return seen


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
