"""Columns that may speak of persons: the engine's findings, where a person decides what is published."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from opendata.models import DatasetVersion
from tablecheck import PERSONAL


@dataclass(frozen=True)
class Suspect:
    index: int
    letter: str
    header: str
    reason: str


def suspects(version: DatasetVersion, columns: Iterable[dict[str, Any]]) -> list[Suspect]:
    """Those of the columns about which the engine has a suspicion."""
    found = version.findings.filter(code__in=PERSONAL).values_list("column", "code")
    reasons = {column: PERSONAL[code] for column, code in found}
    return [
        Suspect(column["index"], column["letter"], column["header"], reasons[column["index"]])
        for column in columns
        if column["index"] in reasons
    ]
