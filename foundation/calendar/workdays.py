"""開庁日: the days on which the town hall is open, and what is proposed from them.

`closed` are the city's own closed days, beside weekends, public holidays and 29 December to 3 January.
"""

import datetime as dt
from collections.abc import Collection

import jpholiday

from foundation.calendar.wareki import TOKYO

ONE_DAY = dt.timedelta(days=1)
CLOSING_TIME = dt.time(17)
OFFICE_HOURS = dt.time(8, 30), dt.time(17, 15)
NEW_YEAR = {(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)}
SATURDAY = 5


def is_workday(day: dt.date, closed: Collection[dt.date] = ()) -> bool:
    return not (
        day.weekday() >= SATURDAY or (day.month, day.day) in NEW_YEAR or day in closed or jpholiday.is_holiday(day)
    )


def next_workday(day: dt.date, closed: Collection[dt.date] = ()) -> dt.date:
    """Find the first working day after `day`."""
    return _nth_workday(day, 1, ONE_DAY, closed)


def workdays_before(day: dt.date, count: int, closed: Collection[dt.date] = ()) -> dt.date:
    """Find the working day that has `count` - 1 others between itself and `day`."""
    return _nth_workday(day, count, -ONE_DAY, closed)


def workdays_after(day: dt.date, count: int, closed: Collection[dt.date] = ()) -> dt.date:
    """Return the working day that lies `count` working days after `day`, which itself is not counted."""
    return _nth_workday(day, count, ONE_DAY, closed)


def propose_deadline(meeting: dt.date, *, notice: dt.date, closed: Collection[dt.date] = ()) -> dt.datetime:
    """17:00 three working days before the meeting; five before, if the notice goes out ten or more ahead.

    A late notice still leaves its readers until the next working day, while one is left before the meeting.
    """
    days = 5 if workdays_after(notice, 10, closed) <= meeting else 3
    usual = workdays_before(meeting, days, closed)
    latest = workdays_before(meeting, 1, closed)
    day = max(usual, min(next_workday(notice, closed), latest))
    return dt.datetime.combine(day, CLOSING_TIME, TOKYO)


def propose_reminder(
    deadline: dt.datetime, *, notice: dt.date, closed: Collection[dt.date] = ()
) -> dt.date | None:
    """Name the working day before the deadline, unless the notice is then at most a working day old."""
    day = workdays_before(deadline.astimezone(TOKYO).date(), 1, closed)
    return day if day > next_workday(notice, closed) else None


def next_office_moment(moment: dt.datetime, closed: Collection[dt.date] = ()) -> dt.datetime:
    """The moment itself in office hours of a working day; otherwise the next time that the office opens."""
    local = moment.astimezone(TOKYO)
    opens, closes = (dt.datetime.combine(local.date(), hour, TOKYO) for hour in OFFICE_HOURS)
    if is_workday(local.date(), closed) and local < closes:
        return max(local, opens)
    return dt.datetime.combine(next_workday(local.date(), closed), OFFICE_HOURS[0], TOKYO)


def _nth_workday(day: dt.date, count: int, step: dt.timedelta, closed: Collection[dt.date]) -> dt.date:
    while count:
        day += step
        count -= is_workday(day, closed)
    return day
