"""Columns that may speak of persons: pointed out before publication, for a person to decide."""

import re
from typing import NamedTuple

from django.utils.translation import gettext as _

PERSONS = re.compile("氏名|担当者|代表者|生年月日|年齢|性別|職員番号|個人")
# Of a facility these are the point of the standard; in a column of the section's own they may be somebody's.
CONTACTS = re.compile("名前|電話|携帯|tel|住所|メール|mail|口座|連絡先|メモ", re.IGNORECASE)
MOBILE = re.compile(r"0[789]0-?[0-9]{4}-?[0-9]{4}")
PRIVATE_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


class Suspect(NamedTuple):
    index: int
    letter: str
    header: str
    reason: str


def suspects(columns: list[dict], profile: list[dict]) -> list[Suspect]:
    frequent = {column["index"]: [value for value, _times in column["top"]] for column in profile}
    found = [(column, _reason(column, frequent.get(column["index"], []))) for column in columns]
    return [
        Suspect(column["index"], column["letter"], column["header"], reason) for column, reason in found if reason
    ]


def _reason(column: dict, values: list[str]) -> str:
    if PERSONS.search(column["header"]):
        return _("見出しが、個人に関する項目のようです。")
    if column["field"] is None and CONTACTS.search(column["header"]):
        return _("標準にない列で、見出しが個人の連絡先などの項目のようです。")
    if any(MOBILE.fullmatch(value) for value in values):
        return _("携帯電話の番号のような値があります。")
    if column["field"] is None and any(PRIVATE_MAIL.fullmatch(value) for value in values):
        return _("メールアドレスのような値があります。")
    return ""
