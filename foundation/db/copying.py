"""Many rows into a table by COPY, some twenty times as fast as INSERT; never in memory twice."""

import io
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection, models

BLOCK = 1 << 20


def copy(model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write the rows, one value per field: texts, numbers and None as they are, lists and dicts as JSON.

    Nothing is judged but by the database; keys are counted by it.
    """
    names = {field.name: field.column or field.name for field in model._meta.concrete_fields}
    columns = ", ".join(connection.ops.quote_name(names[name]) for name in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {table} ({columns}) FROM STDIN WITH (FORMAT csv)", Lines(rows))


def line(row: Sequence[Any]) -> str:
    """A line of COPY's CSV, in which a quoted empty text is a text and an unquoted one is NULL."""
    return ",".join("" if value is None else quoted(value) for value in row) + "\n"


def quoted(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, list | tuple | dict) else str(value)
    return f'"{text.replace(chr(34), chr(34) * 2)}"'


class Lines(io.TextIOBase):
    """What COPY reads."""

    def __init__(self, rows: Iterable[Sequence[Any]]) -> None:
        self.blocks = made(map(line, rows))
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


def made(lines: Iterator[str]) -> Iterator[str]:
    """Lines in blocks of about a megabyte."""
    block, length = [], 0
    for each in lines:
        block.append(each)
        length += len(each)
        if length > BLOCK:
            yield "".join(block)
            block, length = [], 0
    yield "".join(block)
