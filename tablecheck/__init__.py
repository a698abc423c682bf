"""The checking engine: bytes that a town's Excel saved → table, findings, repairs, profile. A library, no Django.

    checked = check(data, "222127_public_toilet.csv")
    better = apply(checked.table, [repair for repair in repairs_of(checked.findings) if repair.on])
    to_csv(better)

The only exception that leaves this package is Unreadable.
"""

from tablecheck.charsets import ENCODINGS
from tablecheck.check import check
from tablecheck.limits import Limits, Progress
from tablecheck.part import bound_to, check_columns, equal_rows
from tablecheck.read import Reading, Way
from tablecheck.relations.boundary import Boundary, load_boundary, outline
from tablecheck.relations.personal import PERSONAL, sign_of
from tablecheck.repairs import apply, csv_blocks, repairs_of, to_csv
from tablecheck.standards import (
    OWN_KINDS,
    Field,
    OwnColumn,
    Renamed,
    Standard,
    Upgrade,
    alike,
    by_title,
    editions_of,
    held_to,
    infer,
    kinds,
    load,
    load_schema,
    names,
    names_the_row,
    repairs_to,
    upgrade,
)
from tablecheck.table import Checked, Column, Detected, Ragged, Table, letter
from tablecheck.text import DELIMITERS
from tablecheck.vocabulary import (
    ABOUT_ROWS,
    BY_WORD,
    CELL_TOO_LONG,
    EDITION,
    MAY_BE_NO_RECORD,
    NO_RECORDS,
    OF_READING,
    ROW_DUPLICATE,
    SAFE,
    SWAPPED,
    Finding,
    Level,
    Repair,
    Unreadable,
)

__all__ = [
    "ABOUT_ROWS",
    "BY_WORD",
    "CELL_TOO_LONG",
    "DELIMITERS",
    "EDITION",
    "ENCODINGS",
    "MAY_BE_NO_RECORD",
    "NO_RECORDS",
    "OF_READING",
    "OWN_KINDS",
    "PERSONAL",
    "ROW_DUPLICATE",
    "SAFE",
    "SWAPPED",
    "Boundary",
    "Checked",
    "Column",
    "Detected",
    "Field",
    "Finding",
    "Level",
    "Limits",
    "OwnColumn",
    "Progress",
    "Ragged",
    "Reading",
    "Renamed",
    "Repair",
    "Standard",
    "Table",
    "Unreadable",
    "Upgrade",
    "Way",
    "alike",
    "apply",
    "bound_to",
    "by_title",
    "check",
    "check_columns",
    "csv_blocks",
    "editions_of",
    "equal_rows",
    "held_to",
    "infer",
    "kinds",
    "letter",
    "load",
    "load_boundary",
    "load_schema",
    "names",
    "names_the_row",
    "outline",
    "repairs_of",
    "repairs_to",
    "sign_of",
    "to_csv",
    "upgrade",
]
