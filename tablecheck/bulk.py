"""Large files, held by polars: the same answers as PlainCells, several times faster from ten thousand rows on.

Only files that cannot be misread are taken: quotes as a program writes them, and in every record as many cells as
the header has. The others take the usual way. polars is loaded with the first large file, never before.
"""

import re
from collections.abc import Collection, Iterator
from functools import cached_property

import polars as pl

from tablecheck.cells import EARLY, END, LONGEST, Cells, repeats_early
from tablecheck.text import MOST_LINES

QUOTED = re.compile(rb'"[^"]*(?:""[^"]*)*"')


def columns_of(data: bytes, above: int, delimiter: str, width: int) -> list["BulkCells"] | None:
    """The columns of UTF-8 text below so many lines, each a record; None where it may be read in two ways."""
    mark = delimiter.encode()
    start = 0
    for _line in range(above):
        start = data.index(b"\n", start) + 1
    quoted = b'"' in data
    bare = _without_quoted(data, start, mark) if quoted else data[start:]
    if bare is None:
        return None
    ends = bare.count(b"\n")
    lines = ends + (not bare.endswith(b"\n"))
    if b"\r" in bare and not bare.count(b"\r") == bare.count(b"\r\n") == ends:
        return None
    if bare.count(mark) != lines * (width - 1) or not _is_even(bare, mark, width):
        return None  # a short line would be filled up in silence
    try:
        frame = pl.read_csv(
            data,
            has_header=False,
            skip_lines=above,
            separator=delimiter,
            quote_char='"' if quoted else None,
            infer_schema=False,
            empty_string_is_null=False,
        )
    except pl.exceptions.PolarsError:
        return None
    if frame.shape != (lines, width):
        return None
    return [BulkCells(column) for column in frame.get_columns()]


def _is_even(bare: bytes, mark: bytes, width: int) -> bool:
    """Of one line too short and one too long polars makes two that are right, where what is too much is empty."""
    if mark + b"\n" not in bare and mark + b"\r\n" not in bare and not bare.endswith(mark):
        return True
    return all(line.count(mark) == width - 1 for line in bare.removesuffix(b"\n").split(b"\n"))


def _without_quoted(data: bytes, start: int, delimiter: bytes) -> bytes | None:
    """What stands outside of quoted cells; None where a quote is not as a program writes it."""
    pieces, at, ends = [], start, {delimiter, b"\n", b"\r", b""}
    for cell in QUOTED.finditer(data, start):
        first, last = cell.span()
        if (first > start and data[first - 1 : first] not in ends) or data[last : last + 1] not in ends:
            return None
        # A line that ends otherwise than Excel writes it, or a quote that was never closed.
        if b"\r" in cell[0] or (last - first > MOST_LINES and cell[0].count(b"\n") >= MOST_LINES):
            return None
        pieces.append(data[at:first])
        at = last
    pieces.append(data[at:])
    return None if b'"' in pieces[-1] else b"".join(pieces)


class BulkCells(Cells):
    """A column of polars."""

    def __init__(self, cells: pl.Series) -> None:
        self.cells = cells

    def __len__(self) -> int:
        return len(self.cells)

    def __getitem__(self, position: int) -> str:
        return self.cells[position]

    def __iter__(self) -> Iterator[str]:
        return iter(self.cells.to_list())

    @property
    def values(self) -> list[str]:
        return self._named_once.to_list()

    @cached_property
    def empty(self) -> int:
        return int((self.cells == "").sum())

    @cached_property
    def longest(self) -> int:
        """Its bytes are counted first, which takes no looking: there are never fewer of them."""
        in_bytes = int(self.cells.str.len_bytes().max() or 0)  # type: ignore[arg-type]
        return in_bytes if in_bytes < LONGEST else int(self.cells.str.len_chars().max() or 0)  # type: ignore[arg-type]

    @cached_property
    def all_differ(self) -> bool:
        return self.empty < 2 and self.distinct == self.filled

    @cached_property
    def distinct(self) -> int:
        if self._repeats_early:
            return len(self.counts)
        return self.filled - int(self._several["times"].sum()) + len(self._several)

    @cached_property
    def _repeats_early(self) -> bool:
        return repeats_early(self.cells.head(EARLY))

    @cached_property
    def counts(self) -> pl.DataFrame:
        """How often each value stands there, without the empty one."""
        return self._filled.alias("value").value_counts(name="times")

    @cached_property
    def _several(self) -> pl.DataFrame:
        """The same of those that stand there more than once. Where these are few, the others are not counted:
        what no other cell shares a hash with stands there once.
        """
        if self._repeats_early:
            return self.counts.filter(pl.col("times") > 1)
        shared = self._filled.filter(self._filled.hash().is_duplicated())
        return shared.alias("value").value_counts(name="times").filter(pl.col("times") > 1)

    @property
    def _filled(self) -> pl.Series:
        return self.cells.filter(self.cells != "") if self.empty else self.cells

    @property
    def _seldom_twice(self) -> pl.Series:
        """Every different value; once, where values repeat themselves much."""
        return self.counts["value"] if self._repeats_early else self._filled

    @property
    def _named_once(self) -> pl.Series:
        return self._seldom_twice if self.all_differ else self._seldom_twice.unique(maintain_order=True)

    def _joined(self) -> str:
        values = self._seldom_twice
        return values.str.join(END).item() + END if len(values) else ""

    def find(self, wanted: Collection[str]) -> list[tuple[int, str]]:
        positions = self.cells.is_in(list(wanted)).arg_true()
        return list(zip(positions.to_list(), self.cells.gather(positions).to_list(), strict=True))

    def repeated(self) -> set[str]:
        return set(self._several["value"].to_list())

    def top(self, most: int) -> list[tuple[str, int]]:
        best = self._several.sort("times", "value", descending=[True, False]).head(most).rows()
        if len(best) == most:
            return best
        once = self._filled
        if len(self._several):
            once = once.filter(~once.is_in(self._several["value"].to_list()))
        return [*best, *((value, 1) for value in once.head(most - len(best)).to_list())]

    def numbers_between(self, without: Collection[str]) -> tuple[float, float] | None:
        numbers = self._others(without).cast(pl.Float64)
        return (numbers.min(), numbers.max()) if len(numbers) else None  # type: ignore[return-value]

    def texts_between(self, without: Collection[str]) -> tuple[str, str] | None:
        texts = self._others(without)
        return (texts.min(), texts.max()) if len(texts) else None  # type: ignore[return-value]

    def _others(self, without: Collection[str]) -> pl.Series:
        values = self._seldom_twice
        return values.filter(~values.is_in(list(without))) if without else values
