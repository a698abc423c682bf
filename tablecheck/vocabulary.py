"""The words that reading, checking and repairing share: what can be wrong, where, and what it should be."""

from enum import Enum, StrEnum
from typing import Any, NamedTuple


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
    EDITION = "edition", Level.INFO, Repairs.OFF
    GUESSED = "kinds-guessed", Level.INFO, Repairs.OFF
    NO_HEADER = "no-header", Level.WARNING, Repairs.OFF
    HEADER_ROWS = "header-rows", Level.INFO, Repairs.OFF
    BLANK_DELIMITER = "blank-delimiter", Level.INFO, Repairs.OFF
    ONE_COLUMN = "one-column", Level.WARNING, Repairs.OFF
    SECOND_TABLE = "second-table", Level.WARNING, Repairs.OFF
    # About rows that are no records
    FOOTNOTE = "footnote", Level.INFO, Repairs.OFF
    TOTAL = "total", Level.WARNING, Repairs.OFF
    BLANK_ROWS = "blank-rows", Level.INFO, Repairs.OFF
    COLUMN_NOTES = "column-notes", Level.INFO, Repairs.OFF
    DROPPED = "dropped-row", Level.INFO, Repairs.OFF
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
    QUOTE = "quote", Level.ERROR, Repairs.OFF
    QUOTE_LOOSE = "quote-loose", Level.WARNING, Repairs.OFF
    HIDDEN_ROW = "hidden-row", Level.WARNING, Repairs.OFF
    HIDDEN_COLUMN = "hidden-column", Level.WARNING, Repairs.OFF
    HEADER_AGAIN = "header-again", Level.WARNING, Repairs.OFF
    # About the people of a list
    NAME_MISSING = "name-missing", Level.ERROR, Repairs.OFF
    SAME_PERSON = "same-person", Level.WARNING, Repairs.OFF
    # About a cell: how it is written
    FULLWIDTH = "fullwidth", Level.ERROR, Repairs.ON
    SPACES = "spaces", Level.WARNING, Repairs.ON
    CONTROL = "control-character", Level.WARNING, Repairs.ON
    LINE_BREAK = "line-break", Level.WARNING, Repairs.OFF
    HYPHEN = "hyphen", Level.ERROR, Repairs.ON
    KANA = "kana", Level.WARNING, Repairs.ON
    MACHINE_DEPENDENT = "machine-dependent", Level.INFO, Repairs.OFF
    CELL_TOO_LONG = "cell-too-long", Level.ERROR, Repairs.OFF
    LOST_CHARACTER = "lost-character", Level.ERROR, Repairs.OFF
    FORMULA_EMPTY = "formula-without-value", Level.ERROR, Repairs.OFF
    MERGED = "merged", Level.WARNING, Repairs.OFF
    GARBLED = "garbled", Level.ERROR, Repairs.OFF
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
    ENDS_BEFORE = "ends-before-begin", Level.WARNING, Repairs.OFF
    ADDRESS_ELSEWHERE = "address-elsewhere", Level.WARNING, Repairs.OFF
    # About persons who may be told of in a column
    PERSONAL_HEADER = "personal-header", Level.WARNING, Repairs.OFF
    PERSONAL_CONTACT = "personal-contact", Level.WARNING, Repairs.OFF
    PERSONAL_NUMBER = "personal-number", Level.WARNING, Repairs.OFF
    PERSONAL_PHONE = "personal-phone", Level.WARNING, Repairs.OFF
    PERSONAL_EMAIL = "personal-email", Level.WARNING, Repairs.OFF
    PERSONAL_NAME = "personal-name", Level.WARNING, Repairs.OFF

    def __init__(self, word: str, level: Level, repairs: Repairs) -> None:
        self.word = word
        self.level = level
        self.repairs_by_default = repairs is Repairs.ON


BY_WORD = {code.word: code for code in Code}
CELL_TOO_LONG = Code.CELL_TOO_LONG.word
# A title or a value as the present edition of a standard has it.
EDITION = Code.EDITION.word
SWAPPED = Code.COORDINATE_SWAPPED.word
# What is said of a row as a whole, whatever cell it is shown at.
ROW_DUPLICATE = Code.ROW_DUPLICATE.word
ABOUT_ROWS = [Code.ROW_SHORT.word, Code.ROW_LONG.word, ROW_DUPLICATE]
# Rows that stand in the file and not in the table, because of what they say or because somebody said so.
NO_RECORDS = [Code.FOOTNOTE.word, Code.TOTAL.word, Code.COLUMN_NOTES.word, Code.DROPPED.word]
# What is often wrong with a row that is none: a note, a total, a title repeated on the next sheet of paper.
MAY_BE_NO_RECORD = [*ABOUT_ROWS, *(code.word for code in (Code.REQUIRED, Code.HIDDEN_ROW, Code.HEADER_AGAIN))]
# What tells how a file was read, whatever its columns hold.
OF_READING = [
    *(code.word for code in (Code.ENCODING, Code.SHEETS, Code.HEADER_ROW, Code.HEADER_ROWS, Code.NO_HEADER)),
    *(code.word for code in (Code.BLANK_ROWS, Code.HIDDEN_ROW, Code.HIDDEN_COLUMN)),
    *(code.word for code in (Code.BLANK_DELIMITER, Code.ONE_COLUMN, Code.SECOND_TABLE)),
    *NO_RECORDS,
]
# The kinds whose repair is made unless somebody declines.
SAFE = [code.word for code in Code if code.repairs_by_default]


class Problem(NamedTuple):
    """What is wrong with a value, wherever it stands. `repair` is the value it should probably have.

    `level` is how grave it is here, where that is less than the kind usually is.
    """

    code: Code
    text: str
    repair: str | None = None
    level: Level | None = None


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


class Repair(NamedTuple):
    """before → after in one cell; `on` says that it is made unless somebody declines."""

    row: int
    column: int
    code: str
    before: str
    after: str
    on: bool
