"""A text → records: delimiter, quotes, ends of lines."""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple

from tablecheck.vocabulary import Code, Problem, Unreadable

# A comma with a blank after it, and blanks alone, however many, are what people type and programs seldom write.
DELIMITERS = (",", "\t", ";", "|", ", ", " ")
BY_ITSELF = DELIMITERS[:4]
BLANKS = re.compile(" +")
# A cell of more lines than this has lost its closing quote.
MOST_LINES = 2_000
# A cell in quotes, from where a cell can begin; what stands before is asked once a quote was found.
QUOTED = re.compile('"(?<![^,;\\t|\\n]")[^"]*(?:""[^"]*)*"')
ANY_QUOTED = re.compile('"[^"]*(?:""[^"]*)*"')
FIRST_BLOCK, BLOCK = 16_384, 1_048_576
# No cell holds it: a file with a NUL is refused.
MARK = "\0"
SET_ASIDE = "\0quoted"


def refuse_nul(text: str) -> None:
    """A NUL never stands in a table; it is the mark of a file that is something else."""
    at = text.find("\0")
    if at >= 0:
        line = text.count("\n", 0, at) + 1
        raise Unreadable(
            "nul",
            f"{line}行目に、表にはあり得ない文字（NUL）があります。CSVではないファイルか、壊れたファイルです。"
            "Excelで開き直して保存してください。",
        )


def delimiter_of(text: str) -> str:
    """The one that divides most lines of the beginning into equally many parts, counted outside quotes."""
    head = text[:65_536]
    if '"' in head:
        head = QUOTED.sub("", head.replace("\r\n", "\n"))
    lines = [line for line in head.splitlines()[:50] if line]

    def evenness(delimiter: str) -> int:
        counts = Counter(line.count(delimiter) for line in lines)
        return max((count * lines for count, lines in counts.items()), default=0)

    best = max(BY_ITSELF, key=evenness)
    followed = sum(line.count(", ") for line in lines)
    return ", " if best == "," and followed and followed == sum(line.count(",") for line in lines) else best


def may_be_blanks(values: list[str]) -> bool:
    """Whether what was read as one column is divided evenly by blanks."""
    parts = {len(BLANKS.split(value.strip())) for value in values}
    return len(values) > 2 and len(parts) == 1 and parts.pop() > 2


class Quirk(NamedTuple):
    """A cell, record and column counted from 0, whose quotes are not as a program writes them."""

    record: int
    column: int
    value: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class TextBlock:
    """Some records of a text, from the beginning of a line to the end of one."""

    text: str
    delimiter: str
    quirks: list[Quirk] = field(default_factory=list)

    def rows(self) -> Iterator[list[str]]:
        """Record by record. A line without quotes is simply divided, in half the time that csv.reader takes."""
        lines = _one_ending(self.text).removesuffix("\n").split("\n")
        delimiter, after, width, joined = self.delimiter, 0, 0, 0
        for at, line in enumerate(lines):
            if at < after:
                continue
            if '"' not in line:
                record = _divided(line, delimiter)
            else:
                record, taken, problem = _quoted(lines, at, delimiter, width)
                after = at + taken
                if problem:
                    column = _odd_one(record, line)
                    self.quirks.append(Quirk(at - joined, column, record[column], problem))
                joined += taken - 1
            width = len(record)
            yield record

    def columns(self, width: int) -> list[list[str]] | None:
        """Column by column, without making rows first; only if every line has this width and each quote is as a
        program writes it.

        A mark at the end of each line stands in its own column then, and nowhere else.
        """
        if " " in self.delimiter or (parts := _without_quoted(self.text, self.delimiter)) is None:
            return None
        text, quoted = parts
        ending = "\r\n" if "\r\n" in text else "\n"
        text = text if text.endswith(ending) else text + ending
        marked = text.replace(ending, f"{self.delimiter}{MARK}{self.delimiter}")
        if "\n" in marked or "\r" in marked:
            return None
        cells = marked.removesuffix(self.delimiter).split(self.delimiter)
        marks = cells[width :: width + 1]
        # As many marks as lines, and all of them here: else short lines would pass for one of the right width.
        if len(cells) != len(marks) * (width + 1) or not marks.count(MARK) == len(marks) == text.count(ending):
            return None
        at = -1
        for cell in quoted:
            at = cells.index(SET_ASIDE, at + 1)
            cells[at] = cell
        return [cells[index :: width + 1] for index in range(width)]


def _without_quoted(text: str, delimiter: str) -> tuple[str, list[str]] | None:
    """The text with its quoted cells set aside, and these; None where a quote stands otherwise."""
    if '"' not in text:
        return text, []
    pieces, cells, at = [], [], 0
    ends = ("", delimiter, "\n", "\r")
    for found in ANY_QUOTED.finditer(text):
        first, last = found.span()
        cell = text[first + 1 : last - 1].replace('""', '"')
        if text[first - 1 : first] not in ends or text[last : last + 1] not in ends:
            return None
        if "\n" in cell or "\r" in cell:
            cell = cell.replace("\r\n", "\n").replace("\r", "\n")
            if cell.count("\n") >= MOST_LINES:
                return None
        pieces.append(text[at:first])
        cells.append(cell)
        at = last
    pieces.append(text[at:])
    return None if '"' in pieces[-1] else (SET_ASIDE.join(pieces), cells)


def blocks(text: str, delimiter: str) -> Iterator[TextBlock]:
    """The text in pieces of about a megabyte (the first is smaller); none ends inside a quoted cell."""
    start, size = 0, FIRST_BLOCK
    while start < len(text):
        end, quotes = start, 0
        while end < len(text):
            before, end = end, text.find("\n", end + size) + 1 or len(text)
            quotes += text.count('"', before, end)
            if quotes % 2 == 0:
                break
        yield TextBlock(text[start:end], delimiter)
        start, size = end, BLOCK


def _one_ending(text: str) -> str:
    """Lines end with LF alone, also the last one."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if text.endswith("\n") else f"{text}\n"


# Quotes

STRAY = Problem(
    Code.QUOTE,
    '「"」が閉じられていないため、この行は「"」を文字として読み込みました。セルの分かれ目を確認してください。',
)
LOOSE = Problem(
    Code.QUOTE_LOOSE,
    '「"」で囲んだ文字の後に文字が続いているため、囲みの「"」を外して読み込みました。値を確認してください。',
)


def _quoted(lines: list[str], at: int, delimiter: str, width: int) -> tuple[list[str], int, Problem | None]:
    """(record, how many lines it takes, what is wrong with it). `width` is the record's before.

    A quote that is never closed costs its line: what follows is read as if nothing had been opened. A title or a
    blank line above tells nothing of how wide a record is.
    """
    line = lines[at]
    try:
        return next(_reader((line,), delimiter, strict=True)), 1, None
    except csv.Error:
        pass
    alone = len(_divided(line, delimiter)) == width
    whole = _over_lines(lines, at, delimiter, strict=True)
    if whole and (whole[1] == 1 or len(whole[0]) == width or not alone or width == 1 < len(whole[0])):
        return *whole, None
    loose = _over_lines(lines, at, delimiter, strict=False)
    if loose and (loose[1] == 1 or (len(loose[0]) == width and not alone)):
        return *loose, LOOSE
    return _divided(line, delimiter), 1, STRAY


def _divided(line: str, delimiter: str) -> list[str]:
    return BLANKS.split(line.strip(" ")) if delimiter == " " else line.split(delimiter)


def _reader(lines: Iterable[str], delimiter: str, *, strict: bool) -> Any:
    """Blanks after a delimiter belong to it where the delimiter ends with one."""
    return csv.reader(lines, delimiter=delimiter[0], skipinitialspace=delimiter.endswith(" "), strict=strict)


def _over_lines(lines: list[str], at: int, delimiter: str, *, strict: bool) -> tuple[list[str], int] | None:
    """A record and how many lines it takes; None if its quotes are not closed."""
    following = (f"{line}\n" for line in islice(lines, at, at + MOST_LINES))
    reader = _reader(following, delimiter, strict=strict)
    try:
        record = next(reader)
    except csv.Error:
        return None
    unclosed = not strict and record[-1].endswith("\n")
    return None if unclosed else (record, reader.line_num)


def _odd_one(record: list[str], line: str) -> int:
    """Which of the cells it is: the one that still holds a quote, or that does not stand in the line as it is."""
    held = (index for index, cell in enumerate(record) if '"' in cell)
    changed = (index for index, cell in enumerate(record) if cell not in line)
    return next(held, next(changed, 0))
