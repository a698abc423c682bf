"""The cells of one column, and what the rules and the profile ask of them.

Two ways of holding them give the same answers: plain lists here, for the files that towns have, and polars
(bulk.py) for those of more than about ten thousand rows. docs/adr/0005 tells what was measured.
"""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from itertools import compress, islice

# No value holds it: a file with a NUL is refused as it is read.
END = "\0"
# Excel's own: what is longer cannot stand in a cell, and what is as long has probably been cut.
LONGEST = 32_767
# Sharing values saves memory and costs time; below this there is no memory to save.
FEW = 10_000
EARLY = 50


class Cells(ABC):
    """Counted from 0. An empty cell is the empty text."""

    _text: str | None = None

    @abstractmethod
    def __len__(self) -> int: ...

    @abstractmethod
    def __getitem__(self, position: int) -> str: ...

    @abstractmethod
    def __iter__(self) -> Iterator[str]: ...

    @property
    @abstractmethod
    def values(self) -> list[str]:
        """Every different value once, without the empty one."""

    @property
    @abstractmethod
    def empty(self) -> int:
        """How many cells are empty."""

    @property
    @abstractmethod
    def distinct(self) -> int:
        """How many values there are; an empty cell has none."""

    @property
    @abstractmethod
    def all_differ(self) -> bool:
        """Whether this column alone tells the rows apart."""

    @property
    @abstractmethod
    def longest(self) -> int:
        """How many characters its longest value has; where that is less than Excel's most, it may say too many."""

    @property
    def filled(self) -> int:
        return len(self) - self.empty

    def text(self) -> str:
        """Every different value, each followed by END; once, where values repeat themselves much. It is made once,
        until it is let go.
        """
        if self._text is None:
            self._text = self._joined()
        return self._text

    def let_go(self) -> None:
        """The text is as long as the column, and asked for while that is judged."""
        self._text = None

    @abstractmethod
    def _joined(self) -> str: ...

    @abstractmethod
    def find(self, wanted: Collection[str]) -> list[tuple[int, str]]:
        """(position, value) of the cells that hold one of these."""

    @abstractmethod
    def repeated(self) -> set[str]:
        """The values that stand there more than once."""

    @abstractmethod
    def top(self, most: int) -> list[tuple[str, int]]:
        """The most frequent values and how often; equals by value, and those that come once as they stand."""

    @abstractmethod
    def numbers_between(self, without: Collection[str]) -> tuple[float, float] | None:
        """The least and the greatest, all others being numbers."""

    @abstractmethod
    def texts_between(self, without: Collection[str]) -> tuple[str, str] | None:
        """The first and the last in order."""

    def replaced(self, changes: dict[int, str]) -> "PlainCells":
        """The same cells with some changed."""
        cells = list(self)
        for position, value in changes.items():
            cells[position] = value
        return PlainCells(cells)


class PlainCells(Cells):
    """A list of texts; everything is answered from how often each value stands in it."""

    def __init__(self, cells: Iterable[str] = ()) -> None:
        self.cells: list[str] = []
        self._shared = _Shared()
        self.extend(cells)

    def extend(self, cells: Iterable[str]) -> None:
        """In a long column equal values share one text, unless hardly a value comes twice."""
        few = len(self.cells) < FEW
        if few or len(self._shared) > FEW + len(self.cells) // 2:
            self.cells.extend(cells)
        else:
            self.cells.extend(map(self._shared.__getitem__, cells))

    def __len__(self) -> int:
        return len(self.cells)

    def __getitem__(self, position: int) -> str:
        return self.cells[position]

    def __iter__(self) -> Iterator[str]:
        return iter(self.cells)

    @cached_property
    def counts(self) -> dict[str, int]:
        """How often each value stands there, in the order of the table."""
        if repeats_early(self.cells):
            return Counter(self.cells)
        once = dict.fromkeys(self.cells, 1)
        return once if len(once) == len(self.cells) else Counter(self.cells)

    @cached_property
    def values(self) -> list[str]:
        return [value for value in self.counts if value]

    @cached_property
    def empty(self) -> int:
        return self.counts.get("", 0)

    @cached_property
    def longest(self) -> int:
        return max(map(len, self.counts), default=0)

    @cached_property
    def distinct(self) -> int:
        return len(self.counts) - ("" in self.counts)

    @cached_property
    def all_differ(self) -> bool:
        return len(self.counts) == len(self.cells)

    def _joined(self) -> str:
        return END.join(self.values) + END if self.values else ""

    def find(self, wanted: Collection[str]) -> list[tuple[int, str]]:
        return list(compress(enumerate(self.cells), map(wanted.__contains__, self.cells)))

    def repeated(self) -> set[str]:
        if self.all_differ:
            return set()
        return {value for value, times in self.counts.items() if times > 1 and value}

    def top(self, most: int) -> list[tuple[str, int]]:
        if self.all_differ:
            return [(value, 1) for value in self.values[:most]]
        counts = self.counts
        several = [item for item in compress(counts.items(), map((1).__lt__, counts.values())) if item[0]]
        several.sort(key=lambda item: (-item[1], item[0]))
        once = (value for value in self.values if counts[value] == 1)
        return [*several[:most], *((value, 1) for value in islice(once, max(most - len(several), 0)))]

    def numbers_between(self, without: Collection[str]) -> tuple[float, float] | None:
        numbers = [float(value) for value in self.values if value not in without]
        return (min(numbers), max(numbers)) if numbers else None

    def texts_between(self, without: Collection[str]) -> tuple[str, str] | None:
        texts = [value for value in self.values if value not in without]
        return (min(texts), max(texts)) if texts else None


def repeats_early(cells: Iterable[str]) -> bool:
    """Whether the first cells tell already that values come again: most columns, and spares a count of all."""
    first = list(islice(cells, EARLY))
    return len(set(first)) < len(first)


class _Shared(dict[str, str]):
    """Text → the first text that was equal to it."""

    def __missing__(self, text: str) -> str:
        self[text] = text
        return text
