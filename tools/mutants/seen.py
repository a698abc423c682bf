"""What became of a run of tests: not its exit code alone, which is also that of tests that nobody found."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import pytest


# Pytest asks a plugin for its hash.
@dataclass(eq=False)
class Seen:
    """Also a plugin of pytest: it hears each report."""

    passed: list[str] = field(default_factory=list)
    failed: str = ""
    code: int = 0

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed = self.failed or report.nodeid
        elif report.when == "call" and report.passed:
            self.passed.append(report.nodeid)

    def is_green(self, tests: Sequence[str]) -> bool:
        """Each of these tests was run, and passed."""
        return bool(tests) and self.code == pytest.ExitCode.OK and not self.not_run(tests)

    def not_run(self, tests: Iterable[str]) -> list[str]:
        """Skipped, left out by a mark, or gone: of a function, file or case no report tells that it passed."""
        return [test for test in tests if not any(is_of(name, test) for name in self.passed)]

    def told(self) -> dict[str, Any]:
        return asdict(self)


def is_of(name: str, test: str) -> bool:
    return name == test or name.startswith((f"{test}[", f"{test}::"))
