"""A copy of the tree with a database of its own, in which a mutant is tried. The tree itself is never touched."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from foundation.db import embedded
from tools.mutants.find import ROOT, Mutant
from tools.mutants.forks import Forks
from tools.mutants.seen import Seen

# Without any test that failed; where one is gone, pytest ends with USAGE_ERROR, as it does at a broken start.
DID_NOT_RUN = {pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED}


class Verdict(NamedTuple):
    """killed, survived or not judged, and by which test, or why not."""

    word: str
    why: str = ""


def furnished(place: Path) -> "Bench":
    """With all that is tracked, and a database that stays as long as this process."""
    shutil.rmtree(place, ignore_errors=True)
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)  # noqa: S607
    for name in filter(None, tracked.stdout.decode().split("\0")):
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, place / name)
    # Whoever leaves last stops the server: as long as this process is inside, that is no run of tests.
    embedded.server(place / "var" / "postgres-test", durable=False).enter()
    return Bench(place, Forks(place))


class Bench:
    def __init__(self, place: Path, forks: Forks) -> None:
        self.place, self.forks = place, forks
        self.changes = 0

    def judge(self, mutant: Mutant, tests: Sequence[str]) -> Verdict:
        """What fails with it has to pass right after without it; what passes with it has to have been run."""
        if not tests:
            return Verdict("not judged", "no test takes it")
        with_it = self.tried(mutant, tests)
        if with_it.is_green(tests):
            return Verdict("survived")
        if with_it.code in DID_NOT_RUN:
            return Verdict("not judged", f"not run: {some_of(with_it.not_run(tests))}")
        noticed_by = [with_it.failed] if with_it.failed else tests
        if not self.forks.run(noticed_by, {}).is_green(noticed_by):
            return Verdict("not judged", f"without it, too, these do not pass: {some_of(noticed_by)}")
        return Verdict("killed", with_it.failed)

    def tried(self, mutant: Mutant, tests: Sequence[str]) -> Seen:
        if mutant.is_promise:
            return self.forks.run(tests, {"MUTANT_PROMISE": mutant.before})
        path = self.place / mutant.path
        source = path.read_bytes()
        self.write(path, mutant.applied_to(source))
        try:
            return self.forks.run(tests, {})
        finally:
            self.write(path, source)

    def write(self, path: Path, source: bytes) -> None:
        """With a time of its own, or the compiled text of the last one would be run."""
        self.changes += 1
        path.write_bytes(source)
        os.utime(path, (self.changes, self.changes))


def some_of(tests: Sequence[str]) -> str:
    more = len(tests) - 3
    return " ".join(tests[:3]) + (f" and {more} more" if more > 0 else "")
