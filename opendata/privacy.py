"""Columns that may speak of persons: pointed out before publication, for a person to decide."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from opendata.patterns import CONTACTS, MAIL_ADDRESS, MOBILE, PERSONS


@dataclass(frozen=True)
class Suspect:
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
    if column["field"] is None and any(MAIL_ADDRESS.fullmatch(value) for value in values):
        return _("メールアドレスのような値があります。")
    return ""
