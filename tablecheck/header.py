"""Where the titles of the columns stand, wherever that is: below notes, in two rows, as years."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from tablecheck.standards import known_titles, plain
from tablecheck.table import Table

Rows = Sequence[Sequence[str]]

# Titles and notes stand above a header; deeper than this nobody writes them.
DEEPEST_HEADER = 10
FIGURES = re.compile(r"[-+0-9０-９.,:/年月日 ]+")
# Figures that are titles: years, months, ages, instalments.
NUMBERED_TITLE = re.compile(
    r"(?:(?:19|20)[0-9]{2}|(?:明治|大正|昭和|平成|令和|[MTSHR])(?:元|[0-9]{1,2}))(?:年度?)?"
    r"|[0-9]{1,3}(?:月|時|歳|才|回|期|週|年)|第[0-9]+.{1,3}"
)
# Where LinkData keeps its titles; its other rows of this kind tell types and sources.
MARKED_TITLES, MARK = "#property", "#"
NEVER_TITLES = frozenset({"no", "yes", "id", "url"})
# What stands in a record and never in a title.
VALUE = re.compile(
    r"[-+]?[0-9]+\.[0-9]{3,}|https?://.+|0[0-9]{1,4}-[0-9]{1,4}-[0-9]{3,4}|[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}"
    r"|〒?[0-9]{3}-[0-9]{4}|.{2,3}[都道府県].{1,8}[市区町村].*[0-9０-９].*"
)
LONGEST_TITLE = 20


class Header(NamedTuple):
    """The titles, the row they stand in, and the first row of data, counted from 0.

    `first` is the first row of titles, where those of two rows were put together.
    """

    titles: list[str]
    at: int
    below: int
    first: int


def header_of(rows: Rows, wanted: int | None = None) -> Header | None:
    """The header of a table that begins so. `wanted` is Excel's number of its row; 0 where there is none."""
    if wanted == 0:
        return numbered(rows)
    at = wanted - 1 if wanted and wanted <= len(rows) else header_position(rows)
    if at is None:
        return None
    titles = [cell.strip() for cell in rows[at]]
    if _continues(rows, at):
        return Header(_joined(titles, rows[at + 1]), at, at + 2, at)
    if _is_grouped(rows, at):
        return Header(_under(rows[at - 1], titles), at, at + 1, at - 1)
    return Header(titles, at, at + 1, at)


def numbered(rows: Rows) -> Header | None:
    """The titles of a table without any: every row is a record."""
    width = max(map(len, rows[:DEEPEST_HEADER]), default=0)
    return Header([f"列{index}" for index in range(1, width + 1)], -1, 0, -1) if width else None


def header_position(rows: Rows) -> int | None:
    """The row with most known titles; without any, the first that is filled as widely as the table.

    A row of data never beats a row of texts above it that is as full: its words may be titles elsewhere.
    """
    filled = [sum(map(bool, map(str.strip, row))) for row in rows]
    if not any(filled):
        return None
    marked = (at for at, row in enumerate(rows) if row and row[0].startswith(MARKED_TITLES))
    if (at := next(marked, None)) is not None:
        return at
    candidates = [at for at, cells in enumerate(filled[:DEEPEST_HEADER]) if cells]
    if not candidates:
        return next(at for at, cells in enumerate(filled) if cells)
    familiar = {at: _familiar(rows[at]) for at in candidates}
    best = max(candidates, key=lambda at: (familiar[at], -at))
    if familiar[best] >= 2:
        fuller = (at for at in candidates if at < best and filled[at] >= filled[best] and _may_be_titles(rows[at]))
        return next(fuller, best)
    usual = max(filled)
    wide = [at for at in candidates if filled[at] > usual / 2 and not _mostly_figures(rows[at])]
    half = [at for at in candidates if 2 * filled[at] == usual > 2 and familiar[at]]
    return min([*wide, *half], default=candidates[0])


def is_of_data(header: Header, rows: Rows) -> bool:
    """Whether what was taken for titles is a record like the one below: then the file has no header."""
    if header.at != 0 or len(rows) < 2 or _familiar(header.titles):
        return False
    pairs = zip(header.titles, rows[1], strict=False)
    values = [bool(VALUE.fullmatch(below.strip())) for title, below in pairs if VALUE.fullmatch(title)]
    return bool(values) and all(values)


def are_titles(cells: Sequence[str], of: Sequence[str]) -> bool:
    """Whether a row among the records holds titles again, these or a second table's."""
    written = [plain(cell) for cell in cells if cell.strip()]
    if len(written) < 2 or any(FIGURES.fullmatch(cell) for cell in cells if cell.strip()):
        return False
    own = {plain(title) for title in of if title}
    return sum(text in own for text in written) >= max(2, len(written) * 0.6) or _familiar(cells) == len(written)


def second_table(table: Table) -> int | None:
    """The row, by Excel's number, from which a sheet goes on with another table: titles below a blank row.

    Titles are these or known ones, or texts of their own above figures.
    """
    numbers = table.numbers
    if isinstance(numbers, range):
        return None
    for at, (before, number) in enumerate(pairwise(numbers), 1):
        if number - before > 1 and at + 1 < len(numbers):
            titles, *below = (
                [column[row] for column in table.columns] for row in range(at, min(at + 3, len(numbers)))
            )
            if are_titles(titles, table.header) or _stand_above_figures(titles, below):
                return number
    return None


def _stand_above_figures(titles: Sequence[str], below: Rows) -> bool:
    filled = [index for index, cell in enumerate(titles) if cell.strip()]
    if len(filled) < 2 or not _may_be_titles(titles) or any(FIGURES.fullmatch(titles[index]) for index in filled):
        return False
    alike = all([index for index, cell in enumerate(row) if cell.strip()] == filled for row in below)
    figures = (all(FIGURES.fullmatch(row[index].strip()) for row in below) for index in filled)
    return len(below) > 1 and alike and any(figures)


def _familiar(row: Sequence[str]) -> int:
    """How many different titles of any standard stand here."""
    titles = known_titles()
    return len({text for text in map(plain, row) if text and text in titles and text not in NEVER_TITLES})


def _mostly_figures(row: Sequence[str]) -> bool:
    cells = [cell.strip() for cell in row if cell.strip()]
    figures = sum(bool(FIGURES.fullmatch(cell)) and not NUMBERED_TITLE.fullmatch(cell) for cell in cells)
    return figures > len(cells) / 2


def _may_be_titles(row: Sequence[str]) -> bool:
    cells = [cell.strip() for cell in row if cell.strip()]
    return len(set(cells)) == len(cells) and not _mostly_figures(row) and not any(map(VALUE.fullmatch, cells))


# Two rows of titles


def _continues(rows: Rows, at: int) -> bool:
    """Whether the row below goes on with the titles: it fills gaps of this one and leaves some of it alone."""
    if at + 2 >= len(rows):
        return False
    top, below, after = rows[at], rows[at + 1], rows[at + 2]
    pairs = [(upper.strip(), lower.strip()) for upper, lower in zip(top, below, strict=False)]
    lower = [text for _upper, text in pairs if text]
    fills = any(text and not upper for upper, text in pairs)
    # Under the first title nothing stands, and under that in turn a record begins.
    if not (lower and fills and pairs[0][0] and not pairs[0][1] and after and after[0].strip()):
        return False
    figures = sum(bool(FIGURES.fullmatch(cell)) for (_up, text), cell in zip(pairs, after, strict=False) if text)
    return figures * 2 >= len(lower) and not any(
        FIGURES.fullmatch(text) or len(text) > LONGEST_TITLE for text in lower
    )


def _joined(titles: list[str], below: Sequence[str]) -> list[str]:
    """人口 above 男 and 女 → 人口_男, 人口_女."""
    joined, group = [], ""
    for index, title in enumerate(titles):
        under = below[index].strip() if index < len(below) else ""
        group = title or group
        joined.append(f"{group}_{under}" if under and group else title)
    return joined


def _is_grouped(rows: Rows, at: int) -> bool:
    """Whether titles that stand there twice are told apart by the row above."""
    if at == 0:
        return False
    above = [cell.strip() for cell in rows[at - 1]]
    twice = _twice(rows[at])
    groups = {text for text in above if text}
    return bool(twice) and len(groups) > 1 and any(above[index : index + 1] != [""] for index in twice)


def _twice(row: Sequence[str]) -> list[int]:
    times = Counter(cell.strip() for cell in row)
    return [index for index, cell in enumerate(row) if cell.strip() and times[cell.strip()] > 1]


def _under(groups: Sequence[str], titles: list[str]) -> list[str]:
    joined, group, twice = [], "", set(_twice(titles))
    for index, title in enumerate(titles):
        group = (groups[index].strip() if index < len(groups) else "") or group
        joined.append(f"{group}_{title}" if index in twice and group else title)
    return joined
