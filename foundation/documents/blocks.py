"""A paper of the office as a list of blocks: made once from rows, read as text, as a page, in Word and as PDF."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class Side(StrEnum):
    """Where a line stands: a number and a date at the end, a title in the middle."""

    START = "start"
    CENTER = "center"
    END = "end"


@dataclass(frozen=True)
class TextLine:
    """A paragraph; line breaks in its text stay. The title of the paper `is_title`: a reader jumps to it."""

    text: str
    side: Side = Side.START
    is_title: bool = False
    kind: str = field(default="line", init=False)


@dataclass(frozen=True)
class NumberedLine:
    """1　日時　令和3年…: `level` 1 stands below it, as (1)."""

    number: int
    text: str
    label: str = ""
    level: int = 0
    kind: str = field(default="numbered", init=False)

    @property
    def mark(self) -> str:
        return f"({self.number})" if self.level else str(self.number)


@dataclass(frozen=True)
class Heading:
    """Begins a part of a long paper: level 2 below the title, level 3 below that."""

    text: str
    level: int = 2
    kind: str = field(default="heading", init=False)


@dataclass(frozen=True)
class HangingLine:
    """A line with a sign of its own (○): what does not fit stands below its words, `level` characters in."""

    text: str
    level: int = 0
    kind: str = field(default="hanging", init=False)


@dataclass(frozen=True)
class LabelTable:
    """Rows of a label and what stands beside it; `label_tenths` of the width are the label's."""

    rows: tuple[tuple[str, str], ...]
    label_tenths: float = 2.5
    kind: str = field(default="table", init=False)


@dataclass(frozen=True)
class SeatCard:
    """What stands on the table before somebody: half a sheet, in letters that are read across the room."""

    name: str
    title: str = ""
    kind: str = field(default="seat_card", init=False)

    @property
    def points(self) -> int:
        """So many that the name stays on one line."""
        return min(64, 400 // max(len(self.name), 1))


@dataclass(frozen=True)
class Gap:
    """An empty line."""

    kind: str = field(default="gap", init=False)


@dataclass(frozen=True)
class NextPage:
    kind: str = field(default="next_page", init=False)


Block = TextLine | NumberedLine | Heading | HangingLine | LabelTable | SeatCard | Gap | NextPage


@dataclass(frozen=True)
class Document:
    """`title` and `author` are what a file says of itself; `foot` stands below each page, beside its number."""

    title: str
    author: str
    blocks: tuple[Block, ...]
    foot: str = ""


def one_after_another(papers: Iterable[Document], *, title: str, author: str) -> Document:
    """Several papers as one, each on pages of its own."""
    blocks: list[Block] = []
    for paper in papers:
        blocks += [NextPage(), *paper.blocks] if blocks else paper.blocks
    return Document(title, author, tuple(blocks))


def as_data(document: Document) -> dict[str, Any]:
    """Plain values, for a template that is no Python."""
    reckoned = ("mark", "points")
    blocks = [
        asdict(block) | {name: getattr(block, name) for name in reckoned if hasattr(block, name)}
        for block in document.blocks
    ]
    return {"title": document.title, "author": document.author, "foot": document.foot, "blocks": blocks}
