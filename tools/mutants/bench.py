"""A copy of the tree with a database of its own, in which a mutant is tried. The tree itself is never touched."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tools.mutants.find import ROOT, Mutant

# Far beyond what its tests need, also on a busy machine: a mutant that runs for ever is noticed by everybody.
PATIENCE = 400
PYTEST = [sys.executable, "-m", "pytest", "-x", "-q", "--reuse-db", "-p", "no:cacheprovider", "-p", "no:xdist"]
NOTHING_RUN = 5


class Bench:
    def __init__(self, place: Path) -> None:
        self.place = place
        self.changes = 0
        shutil.rmtree(place, ignore_errors=True)
        tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)  # noqa: S607
        for name in filter(None, tracked.stdout.decode().split("\0")):
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, place / name)
        self.run(["tests/test_docs.py"])

    def survives(self, mutant: Mutant, tests: Sequence[str]) -> bool:
        path = self.place / mutant.path
        source = path.read_bytes()
        self.write(path, mutant.applied_to(source))
        try:
            return self.passes(tests)
        finally:
            self.write(path, source)

    def passes(self, tests: Sequence[str], **environ: str) -> bool:
        if not tests:
            return True
        try:
            return self.run(tests, **environ) in {0, NOTHING_RUN}
        except subprocess.TimeoutExpired:
            return False

    def write(self, path: Path, source: bytes) -> None:
        """With a time of its own, or the compiled text of the last one would be run."""
        self.changes += 1
        path.write_bytes(source)
        os.utime(path, (self.changes, self.changes))

    def run(self, tests: Sequence[str], **environ: str) -> int:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
        environ = inherited | {"DXBUKAI_MODE": "test", "PYTHONPATH": str(self.place)} | environ
        plugin = ["-p", "tools.mutants.promises"] if "MUTANT_PROMISE" in environ else []
        command = [*PYTEST, *plugin, *tests]
        output = subprocess.PIPE
        done = subprocess.run(
            command, cwd=self.place, env=environ, stdout=output, stderr=output, timeout=PATIENCE, check=False
        )
        return done.returncode
