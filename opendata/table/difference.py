"""What a version says otherwise than the one that citizens read: rows by their key, cells by their titles."""

from collections import Counter
from dataclasses import dataclass

from opendata.models import DatasetVersion
from opendata.table import rows
from opendata.table.definition import standard_of
from opendata.table.naming import name_column

# Larger tables are not held against each other while a page waits.
MOST_ROWS, SHOWN = 20_000, 20
Row = tuple[str, ...]


@dataclass(frozen=True)
class CellChange:
    key: str
    title: str
    before: str
    after: str


@dataclass(frozen=True)
class VersionDifference:
    """`key` is the title by which rows were told apart, empty where whole rows were."""

    number: int
    key: str
    added: list[str]
    gone: list[str]
    changed: list[CellChange]

    @property
    def shown(self) -> list[CellChange]:
        return self.changed[:SHOWN]

    @property
    def shown_added(self) -> list[str]:
        return self.added[:SHOWN]

    @property
    def shown_gone(self) -> list[str]:
        return self.gone[:SHOWN]


def difference(version: DatasetVersion) -> VersionDifference | None:
    """None where there is nothing to hold it against, or too much."""
    if version.number == 1 or not version.is_read:
        return None
    before = DatasetVersion.objects.published().filter(dataset=version.dataset_id, number__lt=version.number)
    last = before.filter(disposed_on__isnull=True).order_by("-number").first()
    if last is None or max(version.detected["rows"], last.detected["rows"]) > MOST_ROWS:
        return None
    titles = [column["header"] for column in last.public_columns]
    both = [column["header"] for column in version.public_columns if column["header"] in titles]
    if not both:
        return None
    old, new = _records(last, both), _records(version, both)
    key = _key(version, both, old, new)
    return _by_key(last.number, key, both, old, new) if key else _by_rows(last.number, old, new)


def _key(version: DatasetVersion, titles: list[str], *tables: list[Row]) -> str:
    """The title of a column that tells rows apart: one that must, or what the rows are called where that does."""
    standard = standard_of(version)
    unique = {field.name for field in standard.fields if field.unique} if standard else set()
    keys = (column["header"] for column in version.columns if (column["field"] or column["header"]) in unique)
    if key := next((title for title in keys if title in titles), ""):
        return key
    name = name_column(version.columns)
    title = version.columns[name - 1]["header"] if name else ""
    return title if title in titles and _all_differ(titles.index(title), *tables) else ""


def _all_differ(at: int, *tables: list[Row]) -> bool:
    return all(len({row[at] for row in table}) == len(table) for table in tables)


def _records(version: DatasetVersion, titles: list[str]) -> list[Row]:
    places = {column["header"]: column["index"] - 1 for column in reversed(version.columns)}
    return [tuple(cells[places[title]] for title in titles) for cells in rows.one_by_one(version)]


def _by_key(number: int, key: str, titles: list[str], old: list[Row], new: list[Row]) -> VersionDifference:
    at = titles.index(key)
    before, after = {row[at]: row for row in old}, {row[at]: row for row in new}
    changed = [
        CellChange(name, title, was, now)
        for name, row in after.items()
        if name in before
        for title, was, now in zip(titles, before[name], row, strict=True)
        if was != now
    ]
    added = [name for name in after if name not in before]
    return VersionDifference(number, key, added, [name for name in before if name not in after], changed)


def _by_rows(number: int, old: list[Row], new: list[Row]) -> VersionDifference:
    before, after = Counter(old), Counter(new)
    added, gone = (after - before).elements(), (before - after).elements()
    return VersionDifference(number, "", list(map(_shortly, added)), list(map(_shortly, gone)), [])


def _shortly(row: Row) -> str:
    return "、".join(list(filter(None, row))[:4])[:80]
