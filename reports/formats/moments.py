"""When a meeting was held, as a style writes it: 令和3年5月18日（火） 午後1時00分～3時15分."""

import datetime as dt
from typing import NamedTuple

from foundation.calendar import wareki

LONG_DAYS = tuple(f"（{day}曜日）" for day in wareki.WEEKDAYS)
SHORT_DAYS = tuple(f"（{day}）" for day in wareki.WEEKDAYS)


IN_WORDS = {"words", "both_halves"}


class DateStyle(NamedTuple):
    """The values are those of reports.states."""

    era: str = "wareki"
    weekday: str = "short"
    clock: str = "halves"
    span: str = "wave"


def held(start: dt.datetime, end: dt.datetime, style: DateStyle) -> str:
    return f"{day(start, style)} {_span(start, end, style)}"


def day(moment: dt.datetime, style: DateStyle) -> str:
    """令和3年5月18日（火）"""
    local = moment.astimezone(wareki.TOKYO)
    western = f"{local.year}年"
    is_western = style.era == "western"
    written = f"{western}{local.month}月{local.day}日" if is_western else wareki.plain_date(local)
    if style.era == "both":
        written = written.replace("年", f"年（{western}）", 1)
    days = {"short": SHORT_DAYS, "long": LONG_DAYS}.get(style.weekday)
    return written + (days[local.weekday()] if days else "")


def _span(start: dt.datetime, end: dt.datetime, style: DateStyle) -> str:
    first = _time(start, style)
    if style.span == "open":
        return f"{first}{wareki.UNTIL}"
    last, another_day = (
        _time(end, style),
        start.astimezone(wareki.TOKYO).date() != end.astimezone(wareki.TOKYO).date(),
    )
    if another_day:
        last = f"{day(end, style)} {last}"
    elif style.clock in {"halves", "halves_short"} and style.span != "both_halves":
        last = _without_the_same_half(first, last)
    return f"{first}から{last}まで" if style.span in IN_WORDS else f"{first}{wareki.UNTIL}{last}"


def _time(moment: dt.datetime, style: DateStyle) -> str:
    local = moment.astimezone(wareki.TOKYO)
    if style.clock == "colon":
        return f"{local.hour}:{local.minute:02}"
    if style.clock == "hours":
        return f"{local.hour}時{local.minute:02}分" if local.minute else f"{local.hour}時"
    return wareki.time(local, full=style.clock != "halves_short")


def _without_the_same_half(first: str, last: str) -> str:
    """午後1時～3時: the half of the day is said once."""
    return last[2:] if first[:2] == last[:2] and first[:2] in {"午前", "午後"} else last
