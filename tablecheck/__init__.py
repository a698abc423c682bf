"""Data intake: bytes that a town's Excel saved → table, findings, repairs, profile. Pure Python, no Django.

    checked = check(data, "222127_public_toilet.csv")
    better = apply(checked.table, [repair for repair in repairs_of(checked.findings) if repair.on])
    to_csv(better)

The only exception that leaves this package is Unreadable.
"""

from tablecheck.check import check, check_table
from tablecheck.limits import Limits
from tablecheck.relations.places import Boundary, load_boundary
from tablecheck.repairs import apply, repairs_of, to_csv
from tablecheck.standards import load, load_schema, names
from tablecheck.vocabulary import Checked, Column, Detected, Finding, Level, Repair, Table, Unreadable

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
