"""Columns that may speak of persons: pointed out, for a person to decide before publication."""

import re
from collections.abc import Iterator
from typing import Any

from tablecheck.cells import END, Cells
from tablecheck.relations.naming import FULL, IN_TEXT, names_somebody
from tablecheck.standards.matching import Match
from tablecheck.vocabulary import Code, Problem

REASONS = {
    Code.PERSONAL_HEADER: "見出しが、個人情報の項目に該当する可能性があります。",
    Code.PERSONAL_CONTACT: "標準にない列で、見出しが個人の連絡先などの項目のようです。",
    Code.PERSONAL_NUMBER: "個人番号（マイナンバー）のような12桁の数字があります。",
    Code.PERSONAL_PHONE: "携帯電話の番号のような値があります。",
    Code.PERSONAL_EMAIL: "メールアドレスのような値があります。",
    Code.PERSONAL_NAME: "個人の氏名のような値があります。",
}
# The same by the word that a finding carries.
PERSONAL = {code.word: reason for code, reason in REASONS.items()}
# Columns that speak of persons, whatever the standard.
PERSONS = re.compile("氏名|担当者|代表者|(?<!発)生年月日|年齢|性別|職員番号|個人")
# Of a facility these are the point of the standard; in a column of the section's own they may be somebody's.
CONTACTS = re.compile("名前|電話|携帯|tel|住所|メール|mail|口座|連絡先|メモ", re.IGNORECASE)
# Looked for in the text of a column, in which END stands before and after every value; also inside a sentence.
# Each begins with what it is looked for by: what stands before is asked afterwards, which is several times faster.
MOBILE = re.compile("0(?<![0-9.-]0)[789]0-?[0-9]{4}-?[0-9]{4}(?![0-9-])")
TWELVE = re.compile(f"{END}([0-9]{{12}})(?={END})")
# Of a running number one in eleven has a right check digit by chance.
FEW = 0.3
# So many values that are a name and nothing else are no chance, however long the column is.
SEVERAL = 3
MAIL_ADDRESS = re.compile(f"@[^@\\s{END}]+\\.[^@\\s{END}]")

# Houses at which a person has an address, and an office none.
PRIVATE = re.compile(
    r"@(?:gmail\.com|(?:yahoo|outlook|hotmail|live)\.(?:co\.)?(?:com|jp)|ymail\.ne\.jp|(?:icloud|me|mac)\.com"
    r"|docomo\.ne\.jp|ezweb\.ne\.jp|au\.com|(?:i\.)?softbank\.(?:ne\.)?jp)",
    re.IGNORECASE,
)
# Columns for whatever somebody has to say.
REMARKS = re.compile("備考|メモ|特記|摘要|その他|コメント|補足|注記|連絡事項")
NAMES_ALONE = re.compile(f"{END}{FULL}(?={END})")
# In these an address of the office is at home.
OF_ADDRESSES = {"email", "uri"}


# Which values a suspicion is of, as a database finds them, too; what is not here is of a title.
SIGNS = {
    Code.PERSONAL_NUMBER.word: "^[0-9]{12}$",
    Code.PERSONAL_PHONE.word: "(?<![0-9.-])0[789]0-?[0-9]{4}-?[0-9]{4}(?![0-9-])",
    Code.PERSONAL_EMAIL.word: r"@[^@\s]+\.[^@\s]",
    Code.PERSONAL_NAME.word: f"^{FULL}$",
}


def sign_of(code: str, header: str, *, at_home: bool) -> str:
    """A pattern for the values that a suspicion is of, in letters of any case; empty where it is of the title.

    `at_home`: the column is one of addresses, in which those of an office are no sign.
    """
    if code == Code.PERSONAL_EMAIL.word and at_home:
        return PRIVATE.pattern
    if code == Code.PERSONAL_NAME.word and REMARKS.search(header):
        return IN_TEXT
    return SIGNS.get(code, "")


def personal_data(match: Match, cells: Cells) -> Iterator[Problem]:
    """Whatever a column's title and its values tell. Not asked of a list of people: it is not published."""
    for code, holds in _signs(match, END + cells.text(), cells.filled):
        if holds:
            yield Problem(code, REASONS[code])


def _signs(match: Match, text: str, filled: int) -> Iterator[tuple[Code, Any]]:
    """The plainest first; of a title one."""
    header, own = match.column.header, match.field is None or match.field.own
    of_persons = PERSONS.search(header)
    yield Code.PERSONAL_NUMBER, _holds_my_numbers(text)
    yield Code.PERSONAL_HEADER, of_persons
    yield Code.PERSONAL_CONTACT, own and not of_persons and CONTACTS.search(header)
    yield Code.PERSONAL_PHONE, MOBILE.search(text)
    at_home = match.field is not None and not own and match.field.kind in OF_ADDRESSES
    yield Code.PERSONAL_EMAIL, (PRIVATE if at_home else MAIL_ADDRESS).search(text)
    yield Code.PERSONAL_NAME, _holds_names(match, own, text, filled)


def _holds_names(match: Match, own: bool, text: str, filled: int) -> bool:
    """In what was remarked one name is enough; in a column of the section's own they are its values."""
    if match.meant is not None and match.meant.kind != "text":
        return False
    if REMARKS.search(match.column.header):
        return names_somebody(text)
    alone = len(NAMES_ALONE.findall(text)) if own else 0
    return alone >= SEVERAL or alone > FEW * filled


def _holds_my_numbers(text: str) -> bool:
    twelve = TWELVE.findall(text)
    return bool(twelve) and sum(map(is_my_number, twelve)) > FEW * len(twelve)


def is_my_number(number: str) -> bool:
    """Twelve figures of which the last follows from the others."""
    weights = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
    rest = sum(int(figure) * weight for figure, weight in zip(number, weights, strict=False)) % 11
    return number[11] == str(0 if rest <= 1 else 11 - rest)
