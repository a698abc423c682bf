"""A copy of the tree with a database of its own, in which a mutant is tried. The tree itself is never touched."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from foundation.db import embedded
from tools.mutants.find import ROOT, Mutant
from tools.mutants.forks import Forks

UNNOTICED = {pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED}


class Bench:
    def __init__(self, place: Path) -> None:
        self.place = place
        self.changes = 0
        shutil.rmtree(place, ignore_errors=True)
        tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)  # noqa: S607
        for name in filter(None, tracked.stdout.decode().split("\0")):
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, place / name)
        # Whoever leaves last stops the server: as long as this process is inside, that is no run of tests.
        embedded.server(place / "var" / "postgres-test", durable=False).enter()
        self.forks = Forks(place)

    def survives(self, mutant: Mutant, tests: Sequence[str]) -> bool:
        path = self.place / mutant.path
        source = path.read_bytes()
        self.write(path, mutant.applied_to(source))
        try:
            return self.passes(tests)
        finally:
            self.write(path, source)

    def passes(self, tests: Sequence[str], **environ: str) -> bool:
        return not tests or self.forks.run(tests, environ) in UNNOTICED

    def write(self, path: Path, source: bytes) -> None:
        """With a time of its own, or the compiled text of the last one would be run."""
        self.changes += 1
        path.write_bytes(source)
        os.utime(path, (self.changes, self.changes))
