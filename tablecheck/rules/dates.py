"""Days and times of day."""

import datetime as dt
import re
from collections.abc import Iterator

from foundation.calendar import wareki
from tablecheck.rules.widths import narrow, written_otherwise
from tablecheck.standards import Field
from tablecheck.vocabulary import Code, Problem

# The days that every month has.
CLEAN_DATE = r"(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])"
CLEAN_TIME = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]"
CLEAN_CLOCK = "[0-9]{1,2}:[0-5][0-9]"
CLEAN_DATETIME = rf"{CLEAN_DATE}T{CLEAN_TIME}:[0-5][0-9]Z?"

ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
NUMBERED_DAY = re.compile(
    r"(?:[0-9]{4}|(?:明治|大正|昭和|平成|令和|[MTSHR])\.?(?:元|[0-9]{1,2}))[年./-][0-9]{1,2}[月./-][0-9]{1,2}日?"
)
SERIAL = re.compile(r"[2-5][0-9]{4}", re.ASCII)
CLOCK = re.compile(
    r"(?P<next>翌日?)?(?P<half>午前|午後|AM|PM)?(?P<hour>[0-9]{1,2})[:時](?P<minute>[0-9]{1,2})?(?::(?P<second>[0-9]{2}))?分?",
    re.IGNORECASE | re.ASCII,
)
# From when till when, of which this column holds one.
SPAN = re.compile("[~〜～―-]|から")
ALL_DAY = {"終日", "24時間"}
# Of a day that goes on after midnight people count up to 29:59.
NEXT_DAY_ENDS = 30
EXCEL_DAY_ZERO = dt.date(1899, 12, 30)


def examine_date(value: str, _field: Field) -> Iterator[Problem]:
    """A day of the calendar as 2021-05-18."""
    if ISO_DATE.fullmatch(value) and _day(value):
        return
    better = narrow(value)
    if day := _day(better):
        yield _rewritten(value, better, day)
    elif SERIAL.fullmatch(better):
        counted = EXCEL_DAY_ZERO + dt.timedelta(days=int(better))
        yield Problem(Code.DATE_SERIAL, "Excelの日付の通し番号です。", counted.isoformat())
    elif NUMBERED_DAY.fullmatch(re.sub(r"\s", "", better)):
        yield Problem(Code.DATE_IMPOSSIBLE, "存在しない日付です。年・月・日を確認してください。")
    else:
        yield Problem(Code.DATE, "日付として読み取れません。「2021-05-18」の形で入力してください。")


def _rewritten(value: str, better: str, day: dt.date) -> Problem:
    iso = day.isoformat()
    if better == iso:
        return written_otherwise(value)
    wareki_typed = re.search("[明大昭平令MTSHR]", better, re.IGNORECASE)
    return Problem(Code.DATE_FORMAT, "和暦の日付です。" if wareki_typed else "日付の書き方が異なります。", iso)


def _day(text: str) -> dt.date | None:
    try:
        return wareki.parse_date(text)
    except ValueError:
        return None


def examine_datetime(value: str, field: Field) -> Iterator[Problem]:
    """A moment as 2021-05-18T13:00:00."""
    try:
        dt.datetime.fromisoformat(value.strip())
    except ValueError:
        yield Problem(Code.DATE, "日時として読み取れません。「2021-05-18T13:00:00」の形で入力してください。")


def examine_clock(value: str, field: Field) -> Iterator[Problem]:
    """A time of day in whichever way people write one, 25:00 as well; only what is none is told."""
    yield from (
        problem
        for problem in examine_time(value, field)
        if problem.code is Code.TIME and not CLOCK.fullmatch(value)
    )


def examine_time(value: str, field: Field) -> Iterator[Problem]:
    """A time of day as 09:00, of 24 hours."""
    better = re.sub(r"\s", "", narrow(value)).replace("正午", "12:00")
    clock = CLOCK.fullmatch(better)
    if not clock and (known := _of_span(better, field)):
        yield known
        return
    if not clock:
        yield Problem(Code.TIME, "時刻として読み取れません。「09:00」の形で入力してください。")
        return
    hour, minute = int(clock["hour"]), int(clock["minute"] or 0)
    if clock["half"] and clock["half"].upper() in {"午後", "PM"} and hour < 12:
        hour += 12
    if clock["next"]:
        hour += 24
    if (hour, minute) == (24, 0) and not clock["next"]:
        yield Problem(
            Code.TIME,
            "24:00は入力できません。「23:59」と入力し、必要に応じて特記事項に記載してください。",
            "23:59",
        )
    elif 24 <= hour < NEXT_DAY_ENDS and minute < 60:
        yield Problem(
            Code.TIME,
            "翌日の時刻と思われます。24時間表記にし、翌日であることを特記事項に記載してください。",
            f"{hour - 24:02}:{minute:02}",
        )
    elif hour > 23 or minute > 59:
        yield Problem(Code.TIME, "時刻の範囲（00:00～23:59）を超えています。時と分を確認してください。")
    elif (iso := f"{hour:02}:{minute:02}") != value:
        yield Problem(Code.TIME_FORMAT, "時刻の書き方が異なります。", iso)


def _of_span(text: str, field: Field) -> Problem | None:
    """9:00～ and ～17:00 are the time that they hold; of 9:00～17:00 and 終日 the title tells which."""
    ends = "終" in field.title
    if text in ALL_DAY:
        return Problem(
            Code.TIME,
            "時刻の列です。終日のときは、開始を「00:00」、終了を「23:59」とします。",
            "23:59" if ends else "00:00",
        )
    first, _mark, last = (SPAN.sub("~", text.removesuffix("まで"), count=1) + "~").removesuffix("~").partition("~")
    chosen = (last if ends else first) or first or last
    if chosen == text or not CLOCK.fullmatch(chosen):
        return None
    iso = next((problem.repair for problem in examine_time(chosen, field)), chosen)
    if first and last:
        return Problem(Code.TIME, "一つの欄に、開始と終了の時刻があります。この列の時刻だけにします。", iso)
    return Problem(Code.TIME_FORMAT, "時刻の書き方が異なります。", iso)
