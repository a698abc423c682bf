"""What a draft lacks. A blocker keeps the report from being published; a warning asks for a look."""

from dataclasses import dataclass
from enum import StrEnum

from meetings.report.blocks import Block


class Level(StrEnum):
    BLOCKER = "blocker"
    WARNING = "warning"


class Fix(StrEnum):
    """The desk page on which it is put right."""

    MEETING = "meeting"
    ROLL = "roll"
    SNAPSHOT = "snapshot"
    RECORD = "record"
    QUESTIONS = "questions"
    NEXT = "next"
    FORM = "form"
    REPORT = "report"


@dataclass(frozen=True)
class Problem:
    level: Level
    message: str
    fix: Fix


class Missing(Exception):
    """Rows from which a sentence is made are not there; the message says which."""

    def __init__(self, message: str, fix: Fix):
        super().__init__(message)
        self.problem = Problem(Level.BLOCKER, message, fix)


@dataclass(frozen=True)
class Composition:
    blocks: tuple[Block, ...]
    problems: tuple[Problem, ...]

    @property
    def blockers(self) -> list[Problem]:
        return self._of(Level.BLOCKER)

    @property
    def warnings(self) -> list[Problem]:
        return self._of(Level.WARNING)

    def _of(self, level):
        """Each sentence once: two lines may lack the same thing."""
        return list(dict.fromkeys(problem for problem in self.problems if problem.level == level))
