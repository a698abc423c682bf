"""What a reader is told of a version: its columns as the standard describes them, and what kind of data it is."""

from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _

from opendata.models import DatasetVersion
from opendata.standards import standard_named, title_of
from opendata.table.naming import column_in_sight


def columns_of(version: DatasetVersion) -> list[dict[str, str]]:
    """The section's own columns have their name alone."""
    standard = standard_named(version.standard)
    fields = [standard.field(column["field"]) if standard else None for column in version.public_columns]
    return [
        {"header": column["header"], "description": field.description if field else ""}
        for column, field in zip(version.public_columns, fields, strict=True)
    ]


def place_in_sight(version: DatasetVersion) -> int | None:
    """Which of its public columns, counted from 1, stays in sight while the others are read."""
    indexes = [column["index"] for column in version.public_columns]
    kept = column_in_sight(version, version.public_columns)
    return indexes.index(kept) + 1 if kept else None


def kinds_of(standards: Iterable[str]) -> dict[str, list[str]]:
    """The kinds of data among these, each with the standards (its editions) that have this title."""
    kinds = defaultdict(list)
    for name in sorted(set(standards)):
        kinds[title_of(name) or _("その他")].append(name)
    return dict(kinds)
