"""The words that reading, checking and repairing share. Everything here can be kept as JSON and come back."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, fields
from enum import Enum, StrEnum
from functools import cache
from typing import Any, NamedTuple, Self

from tablecheck.cells import Cells, PlainCells


class Unreadable(Exception):
    """The one way in which reading fails: a code for the programme, a sentence for the person."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class Level(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Repairs(Enum):
    """What becomes of a proposed value unless somebody decides."""

    ON = "is made"
    OFF = "is offered"


class Code(Enum):
    """Every kind of finding: what it is called, how grave it is, whether its repair is safe."""

    # About the file
    ENCODING = "encoding", Level.INFO, Repairs.OFF
    HEADER_ROW = "header-row", Level.INFO, Repairs.OFF
    SHEETS = "sheets", Level.INFO, Repairs.OFF
    NO_ROWS = "no-rows", Level.WARNING, Repairs.OFF
    NO_STANDARD = "no-standard", Level.INFO, Repairs.OFF
    # About a column
    COLUMN_MISSING = "column-missing", Level.ERROR, Repairs.OFF
    COLUMN_RECOMMENDED = "column-recommended", Level.INFO, Repairs.OFF
    COLUMN_UNKNOWN = "column-unknown", Level.INFO, Repairs.OFF
    HEADER_EMPTY = "header-empty", Level.WARNING, Repairs.OFF
    HEADER_DUPLICATE = "header-duplicate", Level.ERROR, Repairs.OFF
    HEADER_VARIANT = "header-variant", Level.INFO, Repairs.ON
    HEADER_GUESS = "header-guess", Level.WARNING, Repairs.OFF
    # About a row
    ROW_SHORT = "row-short", Level.WARNING, Repairs.OFF
    ROW_LONG = "row-long", Level.ERROR, Repairs.OFF
    ROW_DUPLICATE = "row-duplicate", Level.WARNING, Repairs.OFF
    # About a cell: how it is written
    FULLWIDTH = "fullwidth", Level.ERROR, Repairs.ON
    SPACES = "spaces", Level.WARNING, Repairs.ON
    CONTROL = "control-character", Level.WARNING, Repairs.ON
    LINE_BREAK = "line-break", Level.WARNING, Repairs.OFF
    HYPHEN = "hyphen", Level.ERROR, Repairs.ON
    KANA = "kana", Level.WARNING, Repairs.ON
    MACHINE_DEPENDENT = "machine-dependent", Level.INFO, Repairs.OFF
    LOST_CHARACTER = "lost-character", Level.ERROR, Repairs.OFF
    PRIVATE_CHARACTER = "private-character", Level.WARNING, Repairs.OFF
    FORMULA = "formula", Level.WARNING, Repairs.OFF
    EXCEL_ERROR = "excel-error", Level.ERROR, Repairs.OFF
    EXCEL_DATE = "excel-date", Level.WARNING, Repairs.OFF
    EXPONENT = "exponent", Level.ERROR, Repairs.OFF
    DITTO = "ditto", Level.WARNING, Repairs.OFF
    # About a cell: what it says
    REQUIRED = "required", Level.ERROR, Repairs.OFF
    NUMBER = "number", Level.ERROR, Repairs.OFF
    NUMBER_COMMA = "number-comma", Level.ERROR, Repairs.ON
    NUMBER_UNIT = "number-unit", Level.ERROR, Repairs.OFF
    RANGE = "range", Level.ERROR, Repairs.OFF
    LENGTH = "length", Level.ERROR, Repairs.OFF
    PATTERN = "pattern", Level.ERROR, Repairs.OFF
    DATE = "date", Level.ERROR, Repairs.OFF
    DATE_FORMAT = "date-format", Level.ERROR, Repairs.ON
    DATE_IMPOSSIBLE = "date-impossible", Level.ERROR, Repairs.OFF
    DATE_SERIAL = "date-serial", Level.ERROR, Repairs.OFF
    TIME = "time", Level.ERROR, Repairs.OFF
    TIME_FORMAT = "time-format", Level.ERROR, Repairs.ON
    CHOICE = "choice", Level.ERROR, Repairs.OFF
    CHOICE_MARK = "choice-mark", Level.ERROR, Repairs.ON
    ZERO_LOST = "zero-lost", Level.ERROR, Repairs.OFF
    CODE_ZERO_LOST = "code-zero-lost", Level.ERROR, Repairs.ON
    CODE_DIGITS = "code-digits", Level.ERROR, Repairs.OFF
    CODE_CHECK_DIGIT = "code-check-digit", Level.ERROR, Repairs.OFF
    CODE_OTHER = "code-other", Level.WARNING, Repairs.OFF
    DUPLICATE = "duplicate", Level.ERROR, Repairs.OFF
    PHONE = "phone", Level.WARNING, Repairs.OFF
    POSTAL_CODE = "postal-code", Level.ERROR, Repairs.ON
    WEEKDAYS = "weekdays", Level.ERROR, Repairs.OFF
    URL = "url", Level.ERROR, Repairs.OFF
    EMAIL = "email", Level.ERROR, Repairs.OFF
    # About a place
    COORDINATE_MISSING = "coordinate-missing", Level.INFO, Repairs.OFF
    COORDINATE_HALF = "coordinate-half", Level.WARNING, Repairs.OFF
    COORDINATE_DEGREES = "coordinate-degrees", Level.ERROR, Repairs.OFF
    COORDINATE_SWAPPED = "coordinate-swapped", Level.ERROR, Repairs.OFF
    OUTSIDE_JAPAN = "outside-japan", Level.ERROR, Repairs.OFF
    OUTSIDE_MUNICIPALITY = "outside-municipality", Level.WARNING, Repairs.OFF

    def __init__(self, word: str, level: Level, repairs: Repairs) -> None:
        self.word = word
        self.level = level
        self.repairs_by_default = repairs is Repairs.ON


BY_WORD = {code.word: code for code in Code}


class Problem(NamedTuple):
    """What is wrong with a value, wherever it stands. `repair` is the value it should probably have."""

    code: Code
    text: str
    repair: str | None = None


class Spot(NamedTuple):
    """A problem with one cell of a column, counted from 0."""

    position: int
    value: str
    problem: Problem


class Finding(NamedTuple):
    """A problem in its place. `row` and `column` are Excel's; both are None for the file as a whole."""

    row: int | None
    column: int | None
    cell: str | None
    field: str | None
    code: str
    level: str
    message: str
    value: str | None = None
    repair: str | None = None

    def as_json(self) -> dict[str, Any]:
        return self._asdict()

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        return cls(**kept)


class Repair(NamedTuple):
    """before → after in one cell; `on` says that it is made unless somebody declines."""

    row: int
    column: int
    code: str
    before: str
    after: str
    on: bool

    def as_json(self) -> dict[str, Any]:
        return self._asdict()

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        return cls(**kept)


@cache
def letter(index: int) -> str:
    """1 → A, 27 → AA: the column's name in Excel."""
    letters = ""
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file, and the field of the standard that it stands for (None: outside the standard)."""

    index: int
    header: str
    field: str | None = None

    @property
    def letter(self) -> str:
        return letter(self.index)

    def as_json(self) -> dict[str, Any]:
        return {"index": self.index, "letter": self.letter, "header": self.header, "field": self.field}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        return cls(kept["index"], kept["header"], kept["field"])


@dataclass(frozen=True, slots=True)
class Detected:
    """What the file turned out to be."""

    format: str
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    sheets: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "sheets": list(self.sheets)}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        known = {key: kept[key] for key in (item.name for item in fields(cls)) if key in kept}
        return cls(**{**known, "sheets": tuple(kept.get("sheets", ()))})


class Ragged(NamedTuple):
    """A record with more or fewer cells than the header; `extra` are those beyond it."""

    row: int
    width: int
    extra: tuple[str, ...] = ()


@dataclass(slots=True)
class Table:
    """The records, column by column: most rules ask one thing of a whole column.

    `numbers` are the row numbers that Excel shows; blank rows are left out but keep their number.
    """

    header: list[str]
    columns: Sequence[Cells]
    numbers: Sequence[int]
    header_row: int = 1
    ragged: list[Ragged] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.numbers)

    def rows(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """(Excel's row number, cells), row by row."""
        cells = zip(*self.columns, strict=True) if self.columns else ((),) * len(self.numbers)
        return zip(self.numbers, cells, strict=True)

    @classmethod
    def from_rows(
        cls, header: Sequence[str], rows: Sequence[tuple[int, Sequence[str]]], header_row: int = 1
    ) -> Self:
        """The table that was kept as rows."""
        columns = [PlainCells(column) for column in zip(*(cells for _, cells in rows), strict=True)]
        return cls(
            list(header), columns or [PlainCells() for _ in header], [number for number, _ in rows], header_row
        )


@dataclass(slots=True)
class Checked:
    """All that is known about a file after one look."""

    table: Table
    detected: Detected
    standard: str | None
    columns: list[Column]
    findings: list[Finding]
    profile: list[dict[str, Any]]

    @property
    def has_errors(self) -> bool:
        return any(finding.level == Level.ERROR for finding in self.findings)

    def as_json(self) -> dict[str, Any]:
        """What `check_csv` prints, and what pages keep beside the table."""
        return {
            "format": self.detected.format,
            "encoding": self.detected.encoding,
            "delimiter": self.detected.delimiter,
            "sheet": self.detected.sheet,
            "header_row": self.table.header_row or None,
            "standard": self.standard,
            "rows": len(self.table),
            "columns": [column.as_json() for column in self.columns],
            "findings": [finding.as_json() for finding in self.findings],
            "profile": self.profile,
        }
