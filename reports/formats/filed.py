"""The blocks of a report of the time before: what is known of it, and its text as it was."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from reports.formats.blocks import Block, BlockKind, generated, typed

# Lists and feeds tell it too: it is the first line of what stands in them.
FILE = "過去の会議録（ファイル）です。内容は、ファイルを御覧ください。"
FILE_AND_TEXT = "過去の会議録（ファイル）です。以下は、その本文です。"
TEXT = "過去の会議録です。以下は、その本文です。"


@dataclass(frozen=True)
class Old:
    """The report as it was: its heading, its text where somebody has it, its file."""

    title: str
    text: str = ""
    file: Any = None


def tree(*, title: str, day: str, place: str, text: str, has_file: bool) -> tuple[Block, ...]:
    return tuple(_blocks(title=title, day=day, place=place, text=text, has_file=has_file))


def _blocks(*, title: str, day: str, place: str, text: str, has_file: bool) -> Iterator[Block]:
    yield Block(BlockKind.TITLE, "title", (typed(title),))
    yield Block(BlockKind.FIELD, "held", (generated(day),), "日時")
    if place:
        yield Block(BlockKind.FIELD, "place", (generated(place),), "場所")
    said = TEXT if not has_file else FILE_AND_TEXT if text else FILE
    yield Block(BlockKind.PARAGRAPH, "filed", (generated(said),))
    for number, line in enumerate(filter(None, map(str.strip, text.splitlines())), start=1):
        yield Block(BlockKind.PARAGRAPH, f"text-{number}", (typed(line),))


def text_of(blocks: tuple[Block, ...]) -> str:
    """As it was given, for whoever corrects it."""
    return "\n".join(block.text for block in blocks if block.key.startswith("text-"))
