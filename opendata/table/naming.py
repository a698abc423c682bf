"""Which column says what a row is: a reader keeps it in sight, and a point of a map is called by it."""

from collections.abc import Iterable
from typing import Any

from tablecheck import names_the_row


def name_column(columns: Iterable[dict[str, Any]]) -> int | None:
    """Its index; None of a table whose rows have no name."""
    columns = list(columns)
    by_standard = (column["index"] for column in columns if column["field"] == "name")
    by_title = (column["index"] for column in columns if names_the_row(column["header"]))
    return next(by_standard, None) or next(by_title, None)
