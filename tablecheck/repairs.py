"""Proposed values, and what is made of them."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from io import StringIO
from itertools import islice

from tablecheck.charsets import BOM_UTF8
from tablecheck.table import Column, Table
from tablecheck.vocabulary import BY_WORD, Finding, Repair

# Rows in a block of a file.
BLOCK = 500


def repairs_of(findings: Iterable[Finding]) -> list[Repair]:
    """One repair per cell: the first that was proposed for it."""
    first: dict[tuple[int, int], Repair] = {}
    for row, column, _cell, _field, code, _level, _message, value, repair in findings:
        if repair is not None and row is not None and column is not None and (row, column) not in first:
            first[row, column] = Repair(row, column, code, value or "", repair, BY_WORD[code].repairs_by_default)
    return list(first.values())


def apply(table: Table, repairs: Iterable[Repair]) -> Table:
    """A new table with these repairs made. A cell that holds another value by now is left as it is."""
    header = list(table.header)
    columns = list(table.columns)
    position = {number: index for index, number in enumerate(table.numbers)}
    changes: dict[int, dict[int, str]] = {}
    for row, column, _code, before, after, _on in repairs:
        at = column - 1
        if row == table.header_row:
            header[at] = after if header[at] == before else header[at]
        elif columns[at][position[row]] == before:
            changes.setdefault(at, {})[position[row]] = after
    for at, changed in changes.items():
        columns[at] = columns[at].replaced(changed)
    return replace(table, header=header, columns=columns)


def to_csv(table: Table, columns: Sequence[Column] | None = None) -> bytes:
    """The table as a file; only these columns, in this order."""
    chosen = [column.index - 1 for column in columns] if columns is not None else range(len(table.header))
    cells = zip(*(table.columns[index] for index in chosen), strict=True)
    return b"".join(csv_blocks([table.header[index] for index in chosen], cells))


def csv_blocks(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """UTF-8 with BOM and CRLF, which Excel opens with a double click; a block at a time, however many rows come.

    A value that begins like a formula stays what the office wrote (a finding names it): an apostrophe in front
    would be wrong data for every other reader.
    """
    coming = iter(rows)
    yield BOM_UTF8 + _csv([header])
    while block := list(islice(coming, BLOCK)):
        yield _csv(block)


def _csv(rows: Iterable[Sequence[str]]) -> bytes:
    out = StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode()
