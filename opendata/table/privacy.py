"""Columns that may speak of persons: the engine's findings, and what the section said of each column."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import IntegerField, Value
from django.utils.translation import gettext as _

from opendata.models import DatasetVersion
from opendata.standards import standard_named
from opendata.states import PrivacyAnswer
from opendata.table.overview import Group
from tablecheck import PERSONAL, sign_of

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
    # Addresses of the office stand in it as well, which are no sign.
    is_of_addresses: bool = False

    @property
    def reason(self) -> str:
        """And in which cells, where single values show it: whoever answers looks at them."""
        return "".join([*(PERSONAL[code] for code in self.codes), self._cells()])

    def _cells(self) -> str:
        sign = "|".join(filter(None, map(self.sign_of, self.codes)))
        (rows,) = _rows(self.version, [(self.index, sign)])
        return self.cells_said(rows)

    def cells_said(self, rows: Sequence[int]) -> str:
        cells = "、".join(f"{self.letter}{row}" for row in rows[:FEW])
        more = _("ほか") if len(rows) > FEW else ""
        return _("該当するセル：%(cells)s%(more)s。") % {"cells": cells, "more": more} if cells else ""

    def sign_of(self, code: str) -> str:
        return sign_of(code, self.header, at_home=self.is_of_addresses)

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


def name_cells(version: DatasetVersion, groups: Iterable[Group]) -> None:
    """Say of each finding that single values show in which cells they stand: it is kept for the title's cell."""
    items = [item for group in groups if group.is_personal for item in group.items]
    if not items:
        return
    columns: dict[int | None, Suspect] = {each.index: each for each in suspects(version, version.columns)}
    found = [(item, columns[item.finding.column], item.finding.code) for item in items]
    signs = [(suspect.index, suspect.sign_of(code)) for _item, suspect, code in found]
    for (item, suspect, code), rows in zip(found, _rows(version, signs), strict=True):
        if rows:
            column = _("%(letter)s列「%(header)s」：") % {"letter": suspect.letter, "header": suspect.header}
            item.told = column + PERSONAL[code] + suspect.cells_said(rows)


def _rows(version: DatasetVersion, signs: Sequence[tuple[int, str]]) -> list[list[int]]:
    """Of each column and sign the first rows that show it, in one query for all."""
    looks = [
        version.rows.reading(column, f"(?i){sign}")
        .order_by("row")
        .values_list(Value(number, output_field=IntegerField()), "row")[: FEW + 1]
        for number, (column, sign) in enumerate(signs)
        if sign
    ]
    found: list[list[int]] = [[] for _sign in signs]
    for number, row in looks[0].union(*looks[1:], all=True) if looks else ():
        found[number].append(row)
    return [sorted(rows) for rows in found]


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
    standard = standard_named(version.standard)
    field = standard.field(column["field"]) if standard else None
    of_addresses = field is not None and field.kind in {"email", "uri"}
    return Suspect(version, column["index"], column["letter"], column["header"], codes, answer, of_addresses)
