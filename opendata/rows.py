"""The canonical table in PostgreSQL: written by COPY, changed in one statement, read back as a table."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.db import connection
from psycopg2.extras import execute_values

from opendata.models import DatasetRow, DatasetVersion
from tablecheck import Ragged, Table

COPY = "COPY opendata_datasetrow (version_id, row, cells) FROM STDIN WITH (FORMAT csv)"
UPDATE = """
    UPDATE opendata_datasetrow AS kept SET cells = new.cells::jsonb
    FROM (VALUES %s) AS new (version_id, row, cells)
    WHERE kept.version_id = new.version_id AND kept.row = new.row
"""
BLOCK = 1000


def write(version: DatasetVersion, table: Table) -> None:
    """Replace whatever the version held."""
    version.rows.all().delete()
    with connection.cursor() as cursor:
        cursor.copy_expert(COPY, Lines(version.pk, table.rows()))


def rewrite(version: DatasetVersion, changed: Mapping[int, Sequence[str]]) -> None:
    """Write the rows of these numbers anew."""
    values = [(version.pk, number, as_json(cells)) for number, cells in changed.items()]
    with connection.cursor() as cursor:
        execute_values(cursor.cursor, UPDATE, values, page_size=BLOCK)


def table_of(version: DatasetVersion) -> Table:
    """The table as it stands now, repairs and all."""
    header = [column["header"] for column in version.columns]
    kept = list(DatasetRow.objects.filter(version=version).values_list("row", "cells"))
    table = Table.from_rows(header, kept, version.header_row or 0)
    table.ragged = [Ragged(row, width, tuple(extra)) for row, width, extra in version.detected.get("ragged", [])]
    return table


def as_json(cells: Iterable[str]) -> str:
    return json.dumps(list(cells), ensure_ascii=False)


class Lines(io.TextIOBase):
    """What COPY reads, made a block at a time: the table is never in memory twice."""

    def __init__(self, version_id: int, rows: Iterable[tuple[int, Sequence[str]]]) -> None:
        self.blocks = self.made(version_id, iter(rows))
        self.rest = ""

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1) -> str:
        limit = None if size is None or size < 0 else size
        while limit is None or len(self.rest) < limit:
            block = next(self.blocks, "")
            if not block:
                break
            self.rest += block
        taken, self.rest = self.rest[:limit], self.rest[limit:] if limit is not None else ""
        return taken

    @staticmethod
    def made(version_id: int, rows: Iterator[tuple[int, Sequence[str]]]) -> Iterator[str]:
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        for number, cells in rows:
            writer.writerow((version_id, number, as_json(cells)))
            if text.tell() > 1 << 20:
                yield text.getvalue()
                text.seek(0)
                text.truncate()
        yield text.getvalue()
