"""Which column says what a row is: a reader keeps it in sight, and a point of a map is called by it."""

import re
from collections.abc import Iterable
from typing import Any

# A title that ends so names the row, unless it speaks of its town, its owner or whom to ask.
NAMES = re.compile("(名|名称|名前|氏名)(（[^）]*）|\\([^)]*\\))?$")
OF_OTHERS = re.compile(
    "団体名|都道府県名|市区?町村名|法人|連絡先|問合せ先|担当|所管|部署|課名|町名|建物名|添付|ファイル"
)


def name_column(columns: Iterable[dict[str, Any]]) -> int | None:
    """Its index; None of a table whose rows have no name."""
    columns = list(columns)
    by_standard = (column["index"] for column in columns if column["field"] == "name")
    by_title = (
        column["index"]
        for column in columns
        if NAMES.search(column["header"]) and not OF_OTHERS.search(column["header"])
    )
    return next(by_standard, None) or next(by_title, None)
