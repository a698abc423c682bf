"""Phone numbers, postal codes, addresses on the web."""

import re
from collections.abc import Iterator

from tablecheck.rules.widths import narrow, written_otherwise
from tablecheck.standards import Field
from tablecheck.vocabulary import Code, Problem

CLEAN_PHONE = (
    r"(?:\+[0-9]{1,3} )?(?:\(0[0-9]{1,4}\)[0-9]{1,4}-?[0-9]{3,4}|0[0-9]{1,4}-[0-9]{1,4}-[0-9]{3,4}|0[0-9]{9,10})"
    r"(?: 内線[0-9]+)?(?: / [^\0\n]+)?"
)
CLEAN_POSTAL_CODE = "[0-9]{7}"
# What stands before the first dot has none, so that the pattern knows where it is without trying.
CLEAN_URL = r"https?://[!#-\-/-;=?-~]+\.[!#-;=?-~]+"
CLEAN_EMAIL = r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
URL = re.compile(r"https?://[^\s<>\".]+\.[^\s<>\"]+", re.IGNORECASE)


def examine_phone(value: str, _field: Field) -> Iterator[Problem]:
    """A Japanese phone number; the shape is common practice and no law, so the rest is a warning."""
    if re.fullmatch(CLEAN_PHONE, value):
        return
    better = re.sub(r"^\((0[0-9]+)\) ?-?", r"\1-", narrow(value))
    if re.fullmatch(CLEAN_PHONE, narrow(value)):
        yield written_otherwise(value)
    elif re.fullmatch(CLEAN_PHONE, better):
        yield Problem(Code.PHONE, "電話番号の書き方が異なります。", better)
    elif re.fullmatch("[1-9][0-9]{8,9}", better.replace("-", "")):
        yield Problem(Code.ZERO_LOST, "先頭の0が失われています。", f"0{better}")
    else:
        yield Problem(Code.PHONE, "電話番号の形（例：0123-45-6789）ではありません。")


def examine_postal_code(value: str, _field: Field) -> Iterator[Problem]:
    """Seven figures without a hyphen."""
    if re.fullmatch("[0-9]{7}", value):
        return
    better = narrow(value)
    figures = re.sub("[〒 -]", "", better)
    if re.fullmatch("[0-9]{7}", better):
        yield written_otherwise(value)
    elif re.fullmatch("[0-9]{7}", figures):
        yield Problem(Code.POSTAL_CODE, "郵便番号はハイフンなしの7桁で書きます。", figures)
    elif re.fullmatch("[0-9]{6}", figures):
        yield Problem(Code.ZERO_LOST, "先頭の0が失われています。", f"0{figures}")
    else:
        yield Problem(Code.PATTERN, "7桁の郵便番号ではありません。")


def examine_url(value: str, _field: Field) -> Iterator[Problem]:
    if URL.fullmatch(value):
        return
    better = narrow(value)
    if URL.fullmatch(better):
        yield written_otherwise(value)
    else:
        yield Problem(Code.URL, "ウェブページのアドレスではありません。「https://」から入力してください。")


def examine_email(value: str, _field: Field) -> Iterator[Problem]:
    if re.fullmatch(CLEAN_EMAIL, value):
        return
    if re.fullmatch(CLEAN_EMAIL, narrow(value)):
        yield written_otherwise(value)
    else:
        yield Problem(Code.EMAIL, "メールアドレスの形ではありません。")
