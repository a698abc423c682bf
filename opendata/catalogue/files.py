"""The files that citizens get: made from the canonical table and the ticked columns, never from the original.

Each is made a block at a time: whoever writes or sends it holds a page of rows, not the table.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from members.models import Municipality
from opendata.models import DatasetVersion
from opendata.table import rows
from tablecheck import csv_blocks

# Records in a block of JSON.
RECORDS = 500


def csv_of(version: DatasetVersion) -> Iterator[bytes]:
    """As Excel opens it. The same bytes at every call: table and ticks are frozen."""
    header = [column["header"] for column in version.public_columns]
    places = places_of(version)
    return csv_blocks(header, ([cells[place] for place in places] for cells in rows.one_by_one(version)))


def json_of(version: DatasetVersion, about: dict[str, Any]) -> Iterator[bytes]:
    """What the data set is, and its records as objects; indented by one, as `json.dumps(…, indent=1)` does."""
    texts = _json_texts(version, about)
    while block := list(islice(texts, RECORDS)):
        yield "".join(block).encode()


def _json_texts(version: DatasetVersion, about: dict[str, Any]) -> Iterator[str]:
    yield json.dumps(about, ensure_ascii=False, indent=1).removesuffix("\n}") + ',\n "records": ['
    between, end = "\n", "]\n}"
    # The same columns in the same order: a title that is there twice is one key, with the later value.
    places = dict(zip((column["header"] for column in version.public_columns), places_of(version), strict=True))
    write = json.JSONEncoder(ensure_ascii=False, separators=(",\n   ", ": ")).encode
    for cells in rows.one_by_one(version):
        record = write({header: cells[place] for header, place in places.items()})
        yield f"{between}  {{\n   {record[1:-1]}\n  }}"
        between, end = ",\n", "\n ]\n}"
    yield end


def count_of_blocks(version: DatasetVersion) -> int:
    """About so many blocks each file has."""
    return version.detected["rows"] // RECORDS + 1


def card_of(version: DatasetVersion, published_at: datetime) -> dict[str, Any]:
    """What a file that travels alone says of itself."""
    # Before anybody has entered the town's name the section stands alone.
    publisher = " ".join(str(one) for one in [*Municipality.objects.all(), version.dataset.department])
    return {
        "title": version.title,
        "publisher": publisher,
        "version": version.number,
        "published_at": published_at.isoformat(),
        "licence": version.licence,
    }


def preview(version: DatasetVersion, count: int) -> list[list[str]]:
    kept = version.rows.order_by("row").values_list("row", "cells")[:count]
    return [cells for _row, cells in as_published(version, kept)]


def as_published(
    version: DatasetVersion, kept: Iterable[tuple[int, list[str]]]
) -> Iterator[tuple[int, list[str]]]:
    """Of each row its number, and the cells that are ticked."""
    places = places_of(version)
    return ((row, [cells[place] for place in places]) for row, cells in kept)


def places_of(version: DatasetVersion) -> list[int]:
    return [column["index"] - 1 for column in version.public_columns]
