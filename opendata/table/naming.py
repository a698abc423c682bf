"""Which column says what a row is: a reader keeps it in sight, and a point of a map is called by it."""

from collections.abc import Iterable
from typing import Any

from opendata.models import DatasetVersion
from tablecheck import names_the_row


def name_column(columns: Iterable[dict[str, Any]]) -> int | None:
    """Its index; None of a table whose rows have no name."""
    columns = list(columns)
    by_standard = (column["index"] for column in columns if column["field"] == "name")
    by_title = (column["index"] for column in columns if names_the_row(column["header"]))
    return next(by_standard, None) or next(by_title, None)


def column_in_sight(version: DatasetVersion, columns: Iterable[dict[str, Any]]) -> int | None:
    """Whose cells stay in sight: what a row is called, else what tells rows apart, else what comes first.

    Of columns that nobody is to read none is kept in sight where another is published.
    """
    columns = list(columns)
    if name := name_column(columns):
        return name
    read = [column["index"] for column in columns if column["publish"]] or [column["index"] for column in columns]
    count = version.detected.get("rows")
    apart = {told["index"] for told in version.profile if told["distinct"] == told["filled"] == count}
    return next((index for index in read if index in apart), read[0] if read else None)
