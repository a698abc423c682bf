"""The beginning of a table as the kept file would be read, so that a person sees whether that is right."""

from dataclasses import dataclass
from typing import Any

from opendata.models import DatasetVersion
from opendata.table import checking
from opendata.table.ways import Way
from tablecheck import OF_READING, Unreadable, apart, letter

SHOWN = 8
# Seconds that a page waits for a place among the readers.
PATIENCE = 3


@dataclass(frozen=True)
class Preview:
    """`beginning` are the first rows of the file in short, whatever they were taken for."""

    titles: list[str]
    rows: list[tuple[int, list[str]]]
    height: int
    said: list[str]
    detected: dict[str, Any]

    @property
    def columns(self) -> list[tuple[str, str]]:
        return [(letter(index), title) for index, title in enumerate(self.titles, 1)]


def preview(version: DatasetVersion, way: Way) -> Preview | Unreadable:
    """Read the kept file so, and keep nothing. Raises Busy where no place was free."""
    with checking.told_apart(version, way, "preview", apart.first_of, wait=PATIENCE) as told:
        if isinstance(told, Unreadable):
            return told
        detected = told["detected"] | told["noted"] | {"header_row": told["header_row"]}
        return Preview(told["header"], told["rows"], told["height"], told["said"], detected)


def as_read(version: DatasetVersion) -> Preview | None:
    """The same of the table as it was read and repaired; None where it was not read."""
    if not version.is_read:
        return None
    titles = [column["header"] for column in version.columns]
    rows = list(version.rows.order_by("row").values_list("row", "cells")[:SHOWN])
    said = list(version.findings.filter(code__in=OF_READING).order_by("id").values_list("message", flat=True))
    return Preview(titles, rows, version.detected["rows"], said, version.detected)
