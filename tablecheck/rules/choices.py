"""Fields with a closed list of answers, which people answer with ○ and ×."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache

from tablecheck.rules.widths import narrow, written_otherwise
from tablecheck.standards import Field
from tablecheck.vocabulary import Code, Problem

YES = frozenset(["○", "〇", "◯", "◎", "●", "有", "有り", "あり", "可", "はい", "1", "true", "yes", "y"])
NO = frozenset(["×", "✕", "✖", "☓", "無", "無し", "なし", "不可", "いいえ", "0", "false", "no", "n"])
WEEK = "月火水木金土日"
CLEAN_WEEKDAYS = f"(?:{'?'.join(WEEK)}?)(?<=[{WEEK}])"
DAYS = re.compile("毎日|全日|年中無休|平日")
SPAN = re.compile(f"([{WEEK}])[~〜～-]([{WEEK}])")
CLEAN_BOOLEAN = "true|false|TRUE|FALSE|True|False|1|0"


@cache
def clean(field: Field) -> str:
    return "|".join(map(re.escape, field.choices))


@cache
def answers(field: Field) -> tuple[str | None, str | None]:
    """What yes and no are called in this field. A field that knows only 1 says no by staying empty."""
    if "有" in field.choices and "無" in field.choices:
        return "有", "無"
    if field.choices == ("1",):
        return "1", ""
    return None, None


def examine(value: str, field: Field) -> Iterator[Problem]:
    """One of the field's own choices, letter by letter."""
    if value in field.choices:
        return
    mark = narrow(value).lower()
    yes, no = answers(field)
    meant = yes if mark in YES else no if mark in NO else None
    if meant is not None and narrow(value) not in field.choices:
        yield _mark(value, meant)
    elif narrow(value) in field.choices:
        yield written_otherwise(value)
    else:
        nearest = get_close_matches(value, field.choices, 1, 0.5)
        yield Problem(
            Code.CHOICE, f"決められた値ではありません。{_named(field.choices)}", nearest[0] if nearest else None
        )


def _mark(value: str, meant: str) -> Problem:
    instead = f"「{meant}」" if meant else "空欄"
    return Problem(Code.CHOICE_MARK, f"この列では{instead}と書きます。", meant)


def _named(choices: tuple[str, ...]) -> str:
    shown = "」「".join(choices[:5])
    return f"「{shown}」{'など' if len(choices) > 5 else ''}から選んでください。"


def examine_boolean(value: str, _field: Field) -> Iterator[Problem]:
    mark = narrow(value).lower()
    if value.lower() in {"true", "false", "1", "0"}:
        return
    if mark in YES | NO:
        yield Problem(
            Code.CHOICE_MARK, "この列では true か false と書きます。", "true" if mark in YES else "false"
        )
    else:
        yield Problem(Code.CHOICE, "決められた値ではありません。true か false から選んでください。")


def _week(word: re.Match[str]) -> str:
    return WEEK[:5] if word[0] == "平日" else WEEK


def examine_weekdays(value: str, _field: Field) -> Iterator[Problem]:
    """月火水木金: the days in a row, without anything between them."""
    if set(value) <= set(WEEK):
        return
    text = re.sub(r"毎週|曜日?|[\s、,・/;]", "", DAYS.sub(_week, narrow(value)))
    days = SPAN.sub(lambda span: _days_between(span[1], span[2]), text)
    if days and set(days) <= set(WEEK):
        yield Problem(Code.WEEKDAYS, "曜日は「月火水」のように続けて書きます。", days)
    else:
        yield Problem(Code.WEEKDAYS, "曜日として読み取れません。「月火水木金」のように続けて入力してください。")


def _days_between(first: str, last: str) -> str:
    start, end = WEEK.index(first), WEEK.index(last)
    return WEEK[start : end + 1] if start <= end else WEEK[start:] + WEEK[: end + 1]
