"""Codes and numbers that identify: 全国地方公共団体コード, 法人番号, 町字ID, the list's own ID."""

import re
from collections.abc import Iterator
from functools import cache

from tablecheck.rules.numbers import EXPONENT
from tablecheck.rules.widths import narrow, written_otherwise
from tablecheck.standards import Field
from tablecheck.vocabulary import Code, Problem

# No pattern counts a check digit: these values are always examined (and repeat themselves a lot).
NEVER = "(?!)"
CLEAN_IDENTIFIER = r"(?![=+@-]|[0-9.]*E[-+]?[0-9]+\0)[!-~]+"
CLEAN_CORPORATE = "[1-9][0-9]{12}"
CLEAN_TOWN_ID = "[0-9]{4}-?[0-9]{3}"
WEIGHTS = (6, 5, 4, 3, 2)
RENUMBER = "元の値を確認して入力し直してください。"
EXCEL_MONTH = re.compile(r"(?P<month>[0-9]{1,2})月(?P<day>[0-9]{1,2})日")


@cache
def check_digit(five: str) -> str:
    """The sixth figure of a 全国地方公共団体コード: 20203 → 3 for 高山市."""
    return str(11 - sum(int(figure) * weight for figure, weight in zip(five, WEIGHTS, strict=True)) % 11)[-1]


def is_municipality_code(code: str) -> bool:
    """Six half-width figures whose last one follows from the others."""
    return bool(re.fullmatch("[0-9]{6}", code)) and check_digit(code[:5]) == code[5]


def examine_municipality(value: str, _field: Field) -> Iterator[Problem]:
    if is_municipality_code(value):
        return
    code = narrow(value)
    if is_municipality_code(code):
        yield written_otherwise(value)
    elif re.fullmatch("[0-9]{6}", code):
        yield Problem(Code.CODE_CHECK_DIGIT, "検査数字（最後の1桁）が合いません。6桁のコードを確認してください。")
    elif re.fullmatch("[0-9]{5}", code):
        yield from _five_figures(code)
    else:
        yield Problem(Code.CODE_DIGITS, "6桁の数字ではありません。検査数字を含む6桁で入力してください。")


def _five_figures(code: str) -> Iterator[Problem]:
    """Either Excel took the leading zero, or the check digit was left out; sometimes nobody can tell."""
    padded, completed = f"0{code}", f"{code}{check_digit(code)}"
    prefecture = 1 <= int(code[:2]) <= 47
    if is_municipality_code(padded) and not prefecture:
        yield Problem(Code.CODE_ZERO_LOST, "先頭の0が失われています。", padded)
    elif is_municipality_code(padded):
        yield Problem(Code.CODE_DIGITS, "5桁です。先頭の0が失われたか、検査数字がありません。", padded)
    else:
        yield Problem(Code.CODE_DIGITS, "5桁です。検査数字を付けて6桁にしてください。", completed)


def examine_corporate(value: str, _field: Field) -> Iterator[Problem]:
    if not re.fullmatch(CLEAN_CORPORATE, value):
        yield from _identified(value, CLEAN_CORPORATE, "13桁の数字ではありません。法人番号を確認してください。")


def examine_town_id(value: str, _field: Field) -> Iterator[Problem]:
    if not re.fullmatch(CLEAN_TOWN_ID, value):
        yield from _identified(value, CLEAN_TOWN_ID, "町字IDの形（例：0008-001）ではありません。")


def examine_identifier(value: str, _field: Field) -> Iterator[Problem]:
    """Half-width letters and figures, so that other systems can point to the record."""
    if re.fullmatch("[!-~]+", value) and not EXPONENT.fullmatch(value):
        return
    month = EXCEL_MONTH.fullmatch(value)
    if month:
        yield Problem(Code.EXCEL_DATE, "Excelが日付に変えた値と思われます。", f"{month['month']}-{month['day']}")
    else:
        yield from _identified(value, "[!-~]+", "半角の英数字と記号だけで入力してください。")


def _identified(value: str, pattern: str, otherwise: str) -> Iterator[Problem]:
    better = narrow(value)
    if EXPONENT.fullmatch(better):
        yield Problem(Code.EXPONENT, f"Excelが桁の多い数値を省略した表示（例：1.23E+12）です。{RENUMBER}")
    elif re.fullmatch(pattern, better):
        yield written_otherwise(value)
    else:
        yield Problem(Code.PATTERN, otherwise)
