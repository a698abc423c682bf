"""What is found and not mended: lines of `judge rule page`, each below the comment that says why."""

from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

from tools.judges import Finding

FILE = Path(__file__).with_name("accepted.txt")


class Accepted(NamedTuple):
    judge: str
    rule: str
    page: str

    def covers(self, judge: str, finding: Finding) -> bool:
        return judge == self.judge and finding.rule == self.rule and fnmatchcase(finding.page, self.page)


def accepted() -> list[Accepted]:
    """Each has a reason: the lines of a paragraph stand below a comment."""
    paragraphs = [paragraph.splitlines() for paragraph in FILE.read_text().strip().split("\n\n")]
    without = [lines for lines in paragraphs if not lines[0].startswith("# ")]
    if without:
        raise ValueError(f"no reason given: {without}")
    return [Accepted(*line.split()) for lines in paragraphs for line in lines if not line.startswith("#")]


def sort_out(judge: str, found: list[Finding]) -> tuple[list[Finding], int, list[str]]:
    """What is not listed, how many are, and the lines of this judge that cover nothing any more."""
    lines = [line for line in accepted() if line.judge == judge]
    new = [finding for finding in found if not any(line.covers(judge, finding) for line in lines)]
    gone = [" ".join(line) for line in lines if not any(line.covers(judge, finding) for finding in found)]
    return new, len(found) - len(new), gone
