"""Data intake: bytes that a town's Excel saved → table, findings, repairs, profile. Pure Python, no Django.

    checked = check(data, "222127_public_toilet.csv")
    better = apply(checked.table, [repair for repair in repairs_of(checked.findings) if repair.on])
    to_csv(better)

The only exception that leaves this package is Unreadable.
"""

from opendata.intake.check import check, check_table
from opendata.intake.limits import Limits
from opendata.intake.places import Boundary, load_boundary
from opendata.intake.repairs import apply, repairs_of, to_csv
from opendata.intake.standards import load, load_schema, names
from opendata.intake.words import Checked, Column, Detected, Finding, Level, Repair, Table, Unreadable

__all__ = [
    "Boundary",
    "Checked",
    "Column",
    "Detected",
    "Finding",
    "Level",
    "Limits",
    "Repair",
    "Table",
    "Unreadable",
    "apply",
    "check",
    "check_table",
    "load",
    "load_boundary",
    "load_schema",
    "names",
    "repairs_of",
    "to_csv",
]
