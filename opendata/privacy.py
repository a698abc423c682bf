"""Columns that may speak of persons: the engine's findings, where a person decides what is published."""

from dataclasses import dataclass

from opendata.models import DatasetVersion
from tablecheck import PERSONAL


@dataclass(frozen=True)
class Suspect:
    index: int
    letter: str
    header: str
    reason: str


def suspects(version: DatasetVersion, columns: list[dict]) -> list[Suspect]:
    """Those of the columns about which the engine has a suspicion."""
    reasons = {
        finding["column"]: PERSONAL[finding["code"]] for finding in version.findings if finding["code"] in PERSONAL
    }
    return [
        Suspect(column["index"], column["letter"], column["header"], reasons[column["index"]])
        for column in columns
        if column["index"] in reasons
    ]
