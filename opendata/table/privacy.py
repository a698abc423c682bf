"""Columns that may speak of persons: the engine's findings, and what the section said of each column."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from opendata.models import DatasetVersion
from opendata.states import PrivacyAnswer
from tablecheck import PERSONAL

# Values that a suspicion is of, as PostgreSQL finds them; of the others the whole column speaks.
SIGNS = {
    "personal-number": "^[0-9]{12}$",
    "personal-phone": "(?<![0-9.-])0[789]0-?[0-9]{4}-?[0-9]{4}(?![0-9-])",
    "personal-email": r"@[^@\s]+\.[^@\s]",
}
# So many cells are named.
FEW = 5


@dataclass(frozen=True)
class Suspect:
    """`answer` is empty where nobody has said anything yet."""

    version: DatasetVersion
    index: int
    letter: str
    header: str
    codes: list[str]
    answer: str

    @property
    def reason(self) -> str:
        """And in which cells, where single values show it: whoever answers looks at them."""
        return "".join([*(PERSONAL[code] for code in self.codes), self._cells()])

    def _cells(self) -> str:
        sign = "|".join(SIGNS[code] for code in self.codes if code in SIGNS)
        if not sign:
            return ""
        found = self.version.rows.reading(self.index, sign)
        rows = list(found.order_by("row").values_list("row", flat=True)[: FEW + 1])
        cells = "、".join(f"{self.letter}{row}" for row in rows[:FEW])
        more = _("ほか") if len(rows) > FEW else ""
        return _("該当するセル：%(cells)s%(more)s。") % {"cells": cells, "more": more} if cells else ""

    @property
    def answer_words(self) -> str:
        return str(PrivacyAnswer(self.answer).label) if self.answer else ""

    @property
    def may_be_published(self) -> bool:
        return self.answer in {PrivacyAnswer.NOT_PERSONAL, PrivacyAnswer.MAY_BE_PUBLIC}


def suspects(version: DatasetVersion, columns: Iterable[dict[str, Any]]) -> list[Suspect]:
    """Those of the columns about which the engine has a suspicion."""
    found = version.findings.filter(code__in=PERSONAL).order_by("column", "code")
    codes: dict[int | None, list[str]] = defaultdict(list)
    for column, code in found.values_list("column", "code").distinct():
        codes[column].append(code)
    suspected = (column for column in columns if column["index"] in codes)
    return [_suspect(version, column, codes[column["index"]]) for column in suspected]


def said_before(version: DatasetVersion, found: Iterable[Suspect]) -> dict[int, str]:
    """Of these what the version before said of a column of the same title, for the same suspicions."""
    asked = [each for each in found if not each.answer]
    if not asked or version.number == 1:
        return {}
    last = DatasetVersion.objects.filter(dataset=version.dataset_id, number=version.number - 1).light().first()
    said = {kept["header"]: kept for kept in last.privacy_answers.values()} if last else {}
    return {
        each.index: said[each.header]["answer"]
        for each in asked
        if each.header in said and set(each.codes) <= set(said[each.header]["codes"])
    }


def unanswered(version: DatasetVersion) -> list[Suspect]:
    return [each for each in suspects(version, version.public_columns) if not each.may_be_published]


def as_kept(version: DatasetVersion, answers: Mapping[int, str]) -> dict[str, Any]:
    """With what is suspected now: of another suspicion one is asked again."""
    return {
        str(each.index): {"answer": answers[each.index], "header": each.header, "codes": each.codes}
        for each in suspects(version, version.columns)
        if answers.get(each.index)
    }


def _suspect(version: DatasetVersion, column: dict[str, Any], codes: list[str]) -> Suspect:
    said = version.privacy_answers.get(str(column["index"]), {})
    holds = said.get("header") == column["header"] and set(codes) <= set(said.get("codes", []))
    answer = said["answer"] if holds else ""
    return Suspect(version, column["index"], column["letter"], column["header"], codes, answer)
