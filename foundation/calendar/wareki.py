"""Dates as a Japanese office writes and reads them: 令和3年5月18日（火） 午後1時～3時15分.

Knows nothing of Django. An aware moment is told in Japanese time; a naive one is taken to be it already.
"""

import datetime as dt
import re
import unicodedata
from typing import NamedTuple
from zoneinfo import ZoneInfo

TOKYO = ZoneInfo("Asia/Tokyo")
WEEKDAYS = "月火水木金土日"
NOON = dt.time(12)
UNTIL = "～"  # U+FF5E, the one that offices type; not the wave dash U+301C


class Era(NamedTuple):
    name: str
    letter: str
    first: dt.date
    last: dt.date


# 明治 begins here in its 6th year, with the Gregorian calendar: older dates would need another reckoning.
ERAS = [
    Era("令和", "R", dt.date(2019, 5, 1), dt.date.max),
    Era("平成", "H", dt.date(1989, 1, 8), dt.date(2019, 4, 30)),
    Era("昭和", "S", dt.date(1926, 12, 25), dt.date(1989, 1, 7)),
    Era("大正", "T", dt.date(1912, 7, 30), dt.date(1926, 12, 24)),
    Era("明治", "M", dt.date(1873, 1, 1), dt.date(1912, 7, 29)),
]
FIRST_YEAR = {"令和": 2019, "平成": 1989, "昭和": 1926, "大正": 1912, "明治": 1868}

EXAMPLES = "「令和3年5月18日」「R3.5.18」「2021/5/18」のように入力してください"
LONGEST = 40
SHAPE = re.compile(
    r"(?:(?P<era>明治?|大正?|昭和?|平成?|令和?|[MTSHR])\.?(?P<era_year>元|[0-9]{1,2})|(?P<year>[0-9]{4}))"
    r"[年./・-](?P<month>[0-9]{1,2})[月./・-](?P<day>[0-9]{1,2})日?"
    # The weekday; behind it some say that it is a holiday.
    r"(?:\((?P<weekday>[月火水木金土日])曜?日?(?:[・,、]?(?:祝日?|振替休日|振休|休日?))?\))?"
)
KANJI_NUMBER = re.compile(r"[〇一二三四五六七八九十]{1,4}(?=[年月日])")
KANJI_FIGURES = str.maketrans("〇一二三四五六七八九", "0123456789")
COMPACT = re.compile(r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})")


# Writing


def date(day: dt.date) -> str:
    """令和3年5月18日（火）"""
    return plain_date(day) + _weekday(_local_day(day))


def plain_date(day: dt.date) -> str:
    """令和3年5月18日: the day of a letter, which has no weekday."""
    day = _local_day(day)
    return f"{_year(day)}{day.month}月{day.day}日"


def year(day: dt.date) -> str:
    """令和3年"""
    return _year(_local_day(day))


def short_date(day: dt.date) -> str:
    """5月27日（木）"""
    day = _local_day(day)
    return f"{day.month}月{day.day}日{_weekday(day)}"


def time(moment: dt.time | dt.datetime, *, full: bool = False) -> str:
    """午後1時, in full 午後1時00分; 正午, because 午後12時 means midnight to some and noon to others."""
    clock = _local_clock(moment)
    return "正午" if clock == NOON else f"{_half_day(clock)}{_hours(clock, full=full)}"


def time_range(start: dt.time | dt.datetime, end: dt.time | dt.datetime, *, full: bool = False) -> str:
    """午後1時～3時15分: the half of the day is said once, the day only where the end falls on another."""
    first, last = _local_clock(start), _local_clock(end)
    if isinstance(start, dt.datetime) and isinstance(end, dt.datetime) and _local_day(start) != _local_day(end):
        day = short_date(end) if _year(_local_day(start)) == _year(_local_day(end)) else date(end)
        return f"{time(first, full=full)}{UNTIL}{day} {time(last, full=full)}"
    same_half = NOON not in (first, last) and _half_day(first) == _half_day(last)
    until = _hours(last, full=full) if same_half else time(last, full=full)
    return f"{time(first, full=full)}{UNTIL}{until}"


def datetime(moment: dt.datetime) -> str:
    """令和3年5月18日（火） 午後1時"""
    return f"{date(moment)} {time(moment)}"


def deadline(moment: dt.datetime) -> str:
    """5月24日（月）午後5時まで: for the subject of a mail, where every character counts."""
    return f"{short_date(moment)}{time(moment)}まで"


def fiscal_year(day: dt.date) -> str:
    """令和3年度. A year is named by the era that closes it: April 2019 belongs to 令和元年度."""
    return f"{_year(dt.date(year_of_april(_local_day(day)), 12, 31))}度"


def year_of_april(day: dt.date) -> int:
    """The year in which the fiscal year of this day began."""
    return day.year if day.month >= 4 else day.year - 1


def _year(day: dt.date) -> str:
    for era in ERAS:
        if day >= era.first:
            number = day.year - FIRST_YEAR[era.name] + 1
            return f"{era.name}{'元' if number == 1 else number}年"
    return f"{day.year}年"


def _weekday(day: dt.date) -> str:
    return f"（{WEEKDAYS[day.weekday()]}）"


def _half_day(clock: dt.time) -> str:
    return "午前" if clock < NOON else "午後"


def _hours(clock: dt.time, *, full: bool) -> str:
    return f"{clock.hour % 12}時{clock.minute:02}分" if full or clock.minute else f"{clock.hour % 12}時"


def _local_day(day: dt.date) -> dt.date:
    if isinstance(day, dt.datetime):
        return (day.astimezone(TOKYO) if day.tzinfo else day).date()
    return day


def _local_clock(moment: dt.time | dt.datetime) -> dt.time:
    if isinstance(moment, dt.datetime):
        moment = (moment.astimezone(TOKYO) if moment.tzinfo else moment).time()
    return moment.replace(second=0, microsecond=0, tzinfo=None)


# Reading


def parse_date(text: str) -> dt.date:
    """Read a day in any of the office's spellings; ValueError says in a sentence what is wrong."""
    typed = text.strip()
    if len(typed) > LONGEST:
        raise ValueError(f"日付として読み取れません。{EXAMPLES}。")
    found = SHAPE.fullmatch(_plain(typed)) or COMPACT.fullmatch(_plain(typed))
    if not found:
        raise ValueError(f"「{typed}」を日付として読み取れません。{EXAMPLES}。")
    parts = found.groupdict()
    era = next((era for era in ERAS if parts.get("era") in {era.name, era.name[0], era.letter}), None)
    year = _western_year(era, parts["era_year"]) if era else int(parts["year"])
    try:
        day = dt.date(year, int(parts["month"]), int(parts["day"]))
    except ValueError:
        raise ValueError(f"「{typed}」は存在しない日付です。年・月・日を確認してください。") from None
    _hold_against_calendar(typed, day, era, parts.get("weekday"))
    return day


def _plain(typed: str) -> str:
    """Half width, one kind of hyphen, no blanks: what is left to tell apart is meaning."""
    text = re.sub(r"[‐‑–—―−ー]", "-", unicodedata.normalize("NFKC", typed))
    return KANJI_NUMBER.sub(_in_figures, re.sub(r"\s+", "", text)).upper()


def _in_figures(found: re.Match[str]) -> str:
    """三十一 → 31, 二〇二一 → 2021."""
    tens, is_ten, ones = found[0].rpartition("十")
    if not is_ten:
        return found[0].translate(KANJI_FIGURES)
    return (tens or "一").translate(KANJI_FIGURES) + (ones or "〇").translate(KANJI_FIGURES)


def _western_year(era: Era, era_year: str) -> int:
    number = 1 if era_year == "元" else int(era_year)
    return FIRST_YEAR[era.name] + number - 1 if number else 0


def _hold_against_calendar(typed: str, day: dt.date, era: Era | None, weekday: str | None) -> None:
    if era and not era.first <= day <= era.last:
        until = "" if era is ERAS[0] else f"{date(era.last)}まで"
        span = f"{era.name}は{date(era.first)}から{until}です"
        raise ValueError(f"「{typed}」は{era.name}の日付ではありません（{span}）。")
    if weekday and weekday != WEEKDAYS[day.weekday()]:
        raise ValueError(f"「{typed}」は{WEEKDAYS[day.weekday()]}曜日です。日付か曜日を確認してください。")
