"""The town's own calendar: foundation's working days, with the days on which this town hall is closed.

Whoever asks for a working day asks here; each function reads the closed days once.
"""

import datetime as dt
from collections.abc import Callable

from foundation.calendar import workdays
from members.models import ClosedDay


def is_workday(day: dt.date) -> bool:
    return workdays.is_workday(day, _closed())


def workdays_before(day: dt.date, count: int) -> dt.date:
    return workdays.workdays_before(day, count, _closed())


def workdays_after(day: dt.date, count: int) -> dt.date:
    return workdays.workdays_after(day, count, _closed())


def counting() -> Callable[[dt.date, int], dt.date]:
    """`workdays_after` for many days: the closed days are read once."""
    closed = _closed()
    return lambda day, count: workdays.workdays_after(day, count, closed)


def propose_deadline(meeting: dt.date, *, notice: dt.date) -> dt.datetime:
    return workdays.propose_deadline(meeting, notice=notice, closed=_closed())


def propose_reminder(deadline: dt.datetime, *, notice: dt.date) -> dt.date | None:
    return workdays.propose_reminder(deadline, notice=notice, closed=_closed())


def next_office_moment(moment: dt.datetime) -> dt.datetime:
    return workdays.next_office_moment(moment, _closed())


def _closed() -> frozenset[dt.date]:
    return frozenset(ClosedDay.objects.values_list("day", flat=True))
