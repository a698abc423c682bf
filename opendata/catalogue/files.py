"""The files that citizens get: made from the canonical table and the ticked columns, never from the original."""

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from django.db.models import QuerySet

from opendata.models import DatasetRow, DatasetVersion
from opendata.table import rows
from tablecheck import Column, to_csv


def csv_of(version: DatasetVersion) -> bytes:
    """UTF-8 with BOM and CRLF, as Excel opens it. The same bytes at every call: table and ticks are frozen."""
    return to_csv(rows.table_of(version), [Column.from_json(column) for column in version.public_columns])


def digest(data: bytes) -> str:
    return sha256(data).hexdigest()


def json_of(version: DatasetVersion, about: dict[str, Any]) -> bytes:
    """What the data set is, and its records as objects."""
    records = list(records_of(version.rows.all(), version))
    return json.dumps({**about, "records": records}, ensure_ascii=False, indent=1).encode()


def records_of(kept: QuerySet[DatasetRow], version: DatasetVersion) -> Iterator[dict[str, str]]:
    """Rows as header → value, in the order of the columns; only what is public."""
    places = [(column["header"], column["index"] - 1) for column in version.public_columns]
    for cells in kept.values_list("cells", flat=True):
        yield {header: cells[place] for header, place in places}


def preview(version: DatasetVersion, count: int) -> list[list[str]]:
    places = [column["index"] - 1 for column in version.public_columns]
    kept = DatasetRow.objects.filter(version=version).values_list("cells", flat=True)[:count]
    return [[cells[place] for place in places] for cells in kept]
