"""Numbers, and degrees of latitude and longitude."""

import re
from collections.abc import Iterator

from tablecheck.rules.widths import narrow, written_otherwise
from tablecheck.standards import Field
from tablecheck.vocabulary import Code, Problem

PLAIN = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)", re.ASCII)
WHOLE = re.compile(r"[-+]?[0-9]+(?:\.0*)?", re.ASCII)
EXPONENT = re.compile(r"[-+]?[0-9](?:\.[0-9]+)?E[-+]?[0-9]+", re.ASCII | re.IGNORECASE)
GROUPED = re.compile(r"[-+]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?", re.ASCII)
WITH_UNIT = re.compile(r"(?P<number>[-+]?[0-9][0-9,]*(?:\.[0-9]+)?) ?(?P<unit>[^-+0-9.,\s][^0-9]{0,5})", re.ASCII)
DEGREES = re.compile(
    r"(?:北緯|東経)?(?P<degrees>[0-9]{2,3})[°度. ] ?(?P<minutes>[0-5]?[0-9])['′分. ] ?"
    r"(?P<seconds>[0-5]?[0-9](?:\.[0-9]+)?)(?:[\"″秒]|''|′′)?[NE]?",
    re.ASCII,
)

# Where Japan lies, with its farthest islands.
JAPAN = {"latitude": (20.0, 46.0), "longitude": (122.0, 154.0)}
LATITUDE = r"(?:2[0-9]|3[0-9]|4[0-5])(?:\.[0-9]{1,17})?"
LONGITUDE = r"(?:12[2-9]|1[34][0-9]|15[0-3])(?:\.[0-9]{1,17})?"


def clean(field: Field) -> str:
    """Without limits any plain number; from 0 on the usual lower limit; for others the rule counts."""
    fraction = "" if field.kind != "number" else r"(?:\.[0-9]{1,15})?"
    if field.maximum is not None or (field.minimum or 0) > 0:
        return r"(?!)"
    sign = "-?" if field.minimum is None else ""
    return rf"{sign}[0-9]{{1,15}}{fraction}"


def examine(value: str, field: Field) -> Iterator[Problem]:
    """A number in half-width figures, without commas or unit, within its limits."""
    fits = PLAIN.fullmatch if field.kind == "number" else WHOLE.fullmatch
    if fits(value):
        yield from _within_limits(value, field)
    elif (grouped := GROUPED.fullmatch(narrow(value))) and fits(ungrouped := grouped[0].replace(",", "")):
        yield Problem(Code.NUMBER_COMMA, "桁区切りのコンマがあります。", ungrouped)
    elif fits(narrow(value)):
        yield written_otherwise(value)
    elif EXPONENT.fullmatch(narrow(value)):
        yield Problem(
            Code.EXPONENT, "Excelが桁の多い数値を省略した表示（例：1.23E+12）です。元の値を入力し直してください。"
        )
    elif unit := WITH_UNIT.fullmatch(narrow(value)):
        yield Problem(
            Code.NUMBER_UNIT, f"数値に「{unit['unit']}」が付いています。", unit["number"].replace(",", "")
        )
    elif PLAIN.fullmatch(narrow(value)):
        yield Problem(Code.NUMBER, "整数ではありません。整数で入力してください。")
    else:
        yield Problem(Code.NUMBER, "数値として読み取れません。半角の数字で入力してください。")


def _within_limits(value: str, field: Field) -> Iterator[Problem]:
    number = float(value)
    if field.minimum is not None and number < field.minimum:
        yield Problem(Code.RANGE, f"{field.minimum:g}以上の数値を入力してください。")
    elif field.maximum is not None and number > field.maximum:
        yield Problem(Code.RANGE, f"{field.maximum:g}以下の数値を入力してください。")


def examine_coordinate(value: str, field: Field) -> Iterator[Problem]:
    """Decimal degrees (世界測地系), somewhere in Japan."""
    if PLAIN.fullmatch(value):
        lowest, highest = JAPAN[field.kind]
        if not lowest <= float(value) < highest:
            yield Problem(Code.OUTSIDE_JAPAN, f"日本の{field.title or '座標'}の範囲にありません。")
    elif (plain := narrow(value)) != value and PLAIN.fullmatch(plain):
        yield written_otherwise(value)
    elif degrees := DEGREES.fullmatch(plain):
        decimal = int(degrees["degrees"]) + int(degrees["minutes"]) / 60 + float(degrees["seconds"]) / 3600
        yield Problem(
            Code.COORDINATE_DEGREES,
            "度・分・秒で書かれています。小数の度（例：36.145833）で入力してください。",
            f"{decimal:.6f}",
        )
    else:
        yield Problem(Code.NUMBER, "数値として読み取れません。小数の度（例：36.146123）で入力してください。")
