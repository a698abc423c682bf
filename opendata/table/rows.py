"""The canonical table in PostgreSQL: written by COPY, changed in one statement, read back whole or in part."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence

from django.db import connection
from django.db.models import Q
from django.db.models.fields.json import KT
from psycopg2.extras import execute_values

from foundation.db.copying import copy
from opendata.models import DatasetRow, DatasetVersion
from tablecheck import Table

UPDATE = """
    UPDATE opendata_datasetrow AS kept SET cells = new.cells::jsonb
    FROM (VALUES %s) AS new (version_id, row, cells)
    WHERE kept.version_id = new.version_id AND kept.row = new.row
"""
BLOCK = 1000


def write(version: DatasetVersion, table: Table) -> None:
    """Replace whatever the version held."""
    version.rows.all().delete()
    copy(DatasetRow, ("version", "row", "cells"), ((version.pk, number, cells) for number, cells in table.rows()))


def rewrite(version: DatasetVersion, changed: Mapping[int, Sequence[str]]) -> None:
    """Write the rows of these numbers anew."""
    values = [(version.pk, number, json.dumps(cells, ensure_ascii=False)) for number, cells in changed.items()]
    with connection.cursor() as cursor:
        execute_values(cursor.cursor, UPDATE, values, page_size=BLOCK)


# Reading back


def header_of(version: DatasetVersion) -> list[str]:
    return [column["header"] for column in version.columns]


def standing(version: DatasetVersion, numbers: Collection[int]) -> dict[int, list[str]]:
    """What the rows of these numbers hold now, the header's among them."""
    kept = dict(version.rows.filter(row__in=numbers).values_list("row", "cells"))
    return kept | {number: header_of(version) for number in numbers if number == version.header_row}


def table_of(version: DatasetVersion) -> Table:
    """The table as it stands now, repairs and all."""
    kept = list(DatasetRow.objects.filter(version=version).values_list("row", "cells"))
    return _table(version, kept)


def one_by_one(version: DatasetVersion) -> Iterator[list[str]]:
    """The cells of each row, in order, with no more than a page of them in memory.

    A page begins after the last row of the one before: no cursor of the server is held, which a pool in
    transaction mode would lose, and the index finds each page as fast as the first.
    """
    last = 0
    while page := list(version.rows.filter(row__gt=last).order_by("row").values_list("row", "cells")[:BLOCK]):
        yield from (cells for _row, cells in page)
        last = page[-1][0]


def columns_of(version: DatasetVersion, indexes: Collection[int]) -> Table:
    """The table with these columns alone; the others are empty and tell nothing."""
    chosen = sorted(indexes)
    kept = version.rows.order_by("row").values_list("row", *(KT(f"cells__{index - 1}") for index in chosen))
    numbers, *columns = zip(*kept, strict=True) if kept else ((), *((),) * len(chosen))
    cells = dict(zip(chosen, columns, strict=True))
    return Table.with_columns(header_of(version), cells, numbers, version.header_row or 0).note(version.detected)


def equal_to(version: DatasetVersion, several: Collection[Sequence[str]]) -> Table:
    """The rows that hold the very same cells as one of these."""
    same = Q()
    for cells in several:
        same |= Q(cells=list(cells))
    return _table(version, list(version.rows.filter(same).order_by("row").values_list("row", "cells")))


def _table(version: DatasetVersion, kept: Sequence[tuple[int, Sequence[str]]]) -> Table:
    table = Table.from_rows(header_of(version), kept, version.header_row or 0)
    return table.note(version.detected)
