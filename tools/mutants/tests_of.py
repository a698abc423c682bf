"""Which tests take a line, as the last measured run of the suite tells, the nearest and quickest first."""

import os
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree as ET

from coverage import CoverageData

from tools.mutants.find import ROOT, Mutant

MEASURED = ROOT / "var" / "coverage" / "data"
TIMES = ROOT / "var" / "coverage" / "times.xml"
# Tries to break each of them.
PROMISES = "tests/test_promises.py"
# So many seconds of tests for one mutant: who has not noticed by then does not look.
SECONDS = 30
# The start of a run, with its database.
LEAST = 0.01


class Suite:
    def __init__(self) -> None:
        self.data = CoverageData(str(MEASURED))
        self.data.read()
        # Wherever the tree lay as it was measured.
        self.tree = Path(os.path.commonpath(self.data.measured_files()))
        self.seconds = times()

    def tests_of(self, mutant: Mutant) -> list[str]:
        """Those that take one of its lines; of what only imports run, those that take any of its file."""
        if mutant.is_promise:
            return [PROMISES]
        lines = self.data.contexts_by_lineno(str(self.tree / mutant.path))
        height = mutant.before.count("\n") + 1
        own = named(text for line in range(mutant.line, mutant.line + height) for text in lines.get(line, []))
        found = own or named(text for contexts in lines.values() for text in contexts)

        def nearest(test: str) -> tuple[bool, float, str]:
            return not is_near(test, mutant), self.seconds[test], test

        return self.within_time(sorted(found, key=nearest))

    def within_time(self, tests: list[str]) -> list[str]:
        chosen: list[str] = []
        spent = 0.0
        for test in tests:
            spent += self.seconds[test]
            if chosen and spent > SECONDS:
                break
            chosen.append(test)
        return chosen


def named(contexts: Iterable[str]) -> set[str]:
    """tests/a.py::test_b[c]|run → tests/a.py::test_b"""
    return {context.partition("|")[0].partition("[")[0] for context in contexts if context}


def is_near(test: str, mutant: Mutant) -> bool:
    """Tests mirror the code: meetings/actions/roll.py is tested in tests/meetings/."""
    return test.startswith(f"tests/{Path(mutant.path).parts[0]}/")


def times() -> dict[str, float]:
    """Test → seconds, all its cases together."""
    seconds: dict[str, float] = defaultdict(lambda: LEAST)
    for case in ET.parse(TIMES).iter("testcase"):  # noqa: S314 -- our own file
        place = case.attrib["classname"].replace(".", "/")
        test = f"{place}.py::{case.attrib['name'].partition('[')[0]}"
        seconds[test] += float(case.attrib["time"])
    return seconds
