"""A version in an older edition of its standard, and what would become of it in the present one."""

from collections import defaultdict
from typing import NamedTuple

from opendata.models import DatasetVersion
from opendata.standards import standard_named
from opendata.table import rows
from tablecheck import Renamed, Repair, Upgrade, repairs_to, upgrade

# Values shown of a column before it is changed.
SAMPLES = 3


class ColumnPreview(NamedTuple):
    """A column on its way, with some of its values that change."""

    step: Renamed
    cells: int
    samples: list[Repair]


def preview(version: DatasetVersion, plan: Upgrade) -> list[ColumnPreview]:
    of_column = defaultdict(list)
    for repair in repairs_of(version, plan):
        if repair.row != version.header_row:
            of_column[repair.column].append(repair)
    changes = [(step, of_column[step.column.index]) for step in plan.renamed]
    return [ColumnPreview(step, len(cells), _different(cells)[:SAMPLES]) for step, cells in changes]


def _different(cells: list[Repair]) -> list[Repair]:
    return list({(repair.before, repair.after): repair for repair in cells}.values())


def plan_of(version: DatasetVersion) -> Upgrade | None:
    standard = standard_named(version.standard)
    return upgrade(rows.header_of(version), standard) if standard and version.is_read else None


def repairs_of(version: DatasetVersion, plan: Upgrade) -> list[Repair]:
    return repairs_to(plan, rows.columns_of(version, plan.columns))
