"""Which tests take a line, as the last measured run of the suite tells, the nearest and quickest first."""

import os
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree as ET

from coverage import CoverageData

from tools.mutants.find import Mutant
from tools.mutants.measured import FOLDER, changed_since

MEASURED = ("data", "times.xml", "sums.json")
# Tries to break each of them.
PROMISES = "tests/test_promises.py"
# So many seconds of tests for one mutant: who has not noticed by then does not look.
SECONDS = 30
# Who goes where few go, in so many lines below a condition, is there for its sake.
BELOW, FEW = 3, 20
# The start of a run, with its database.
LEAST = 0.01


class NotMeasured(Exception):
    """Without a measured run of this state nobody knows which tests to ask."""


class Suite:
    def __init__(self, folder: Path = FOLDER) -> None:
        missing = [name for name in MEASURED if not (folder / name).exists()]
        if missing:
            raise NotMeasured(f"make test first: {folder} has no {' and no '.join(missing)}")
        self.changed = changed_since(folder)
        self.data = CoverageData(str(folder / "data"))
        self.data.read()
        # Wherever the tree lay as it was measured.
        self.tree = Path(os.path.commonpath(self.data.measured_files()))
        self.seconds, self.skipped = times(sorted(folder.glob("times*.xml")))

    def refuse_other_states(self, mutants: Iterable[Mutant]) -> None:
        if others := sorted(self.changed & {mutant.path for mutant in mutants if not mutant.is_promise}):
            raise NotMeasured(f"make test first: since the last one these were changed: {' '.join(others)}")

    def tests_of(self, mutant: Mutant) -> list[str]:
        """Those that take one of its lines, then those that take any of its file.

        What only imports run, or is kept after the first call, is taken by no test or by one of many. A process
        that a test starts is measured without the test's name: of a file that only such ones take, those that take
        its neighbours.
        """
        if mutant.is_promise:
            return [PROMISES]
        lines = {line: named(contexts) for line, contexts in self.contexts_of(mutant.path).items()}
        after = mutant.line + mutant.before.count("\n") + 1
        own = set[str]().union(*(lines.get(line, set()) for line in range(mutant.line, after)))
        below = (lines.get(line, set()) for line in range(mutant.line, after + BELOW))
        rare = set[str]().union(*(tests for tests in below if len(tests) <= FEW))
        found = own | self.all_of(mutant.path) or self.neighbours_of(mutant.path)

        def nearest(test: str) -> tuple[bool, bool, bool, bool, float, str]:
            far = not is_named_for(test, mutant), not is_near(test, mutant)
            return test not in own, test not in rare, *far, self.seconds[test], test

        return self.within_time(sorted(found - self.skipped, key=nearest))

    def contexts_of(self, path: str) -> dict[int, list[str]]:
        return self.data.contexts_by_lineno(str(self.tree / path))

    def all_of(self, path: str) -> set[str]:
        return named(text for contexts in self.contexts_of(path).values() for text in contexts)

    def neighbours_of(self, path: str) -> set[str]:
        """Of the same folder, or else of the one around it."""
        files = [Path(file).relative_to(self.tree) for file in self.data.measured_files()]
        for folder in Path(path).parents[:-1]:
            found = set[str]().union(*(self.all_of(file.as_posix()) for file in files if folder in file.parents))
            if found:
                return found
        return set()

    def within_time(self, tests: list[str]) -> list[str]:
        """A walk of a minute, near as it is, keeps out none that still has room."""
        chosen: list[str] = []
        spent = 0.0
        for test in tests:
            if not chosen or spent + self.seconds[test] <= SECONDS:
                chosen.append(test)
                spent += self.seconds[test]
        return chosen


def named(contexts: Iterable[str]) -> set[str]:
    """tests/a.py::test_b[c]|run → tests/a.py::test_b"""
    return {context.partition("|")[0].partition("[")[0] for context in contexts if context}


def is_near(test: str, mutant: Mutant) -> bool:
    """Tests mirror the code: meetings/actions/roll.py is tested in tests/meetings/."""
    return test.startswith(f"tests/{Path(mutant.path).parts[0]}/")


def is_named_for(test: str, mutant: Mutant) -> bool:
    """foundation/apart/picture.py is first of all tested in a test_picture.py."""
    return Path(mutant.path).stem in Path(test.partition("::")[0]).stem


def times(paths: Iterable[Path]) -> tuple[dict[str, float], set[str]]:
    """Test → seconds, all its cases together; and those of which no case was run. Of a suite in parts, of all."""
    seconds: dict[str, float] = defaultdict(lambda: LEAST)
    skipped: set[str] = set()
    run: set[str] = set()
    for case in (case for path in paths for case in ET.parse(path).iter("testcase")):  # noqa: S314 -- our own files
        place = case.attrib["classname"].replace(".", "/")
        test = f"{place}.py::{case.attrib['name'].partition('[')[0]}"
        seconds[test] += float(case.attrib["time"])
        (run if case.find("skipped") is None else skipped).add(test)
    return seconds, skipped - run
