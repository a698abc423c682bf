import datetime as dt
from datetime import date

import pytest

from foundation.calendar import workdays
from foundation.calendar.wareki import TOKYO

FOUNDING_DAY = date(2021, 6, 1)


@pytest.mark.parametrize(
    ("day", "open_"),
    [
        (date(2021, 5, 18), True),
        (date(2021, 5, 22), False),  # Saturday
        (date(2021, 5, 23), False),  # Sunday
        (date(2021, 5, 3), False),  # 憲法記念日
        (date(2021, 7, 23), False),  # スポーツの日, moved in 2021 only
        (date(2021, 12, 28), True),
        (date(2021, 12, 29), False),
        (date(2022, 1, 3), False),
        (date(2022, 1, 4), True),
    ],
)
def test_the_hall_is_open_on_working_days(day, open_):
    assert workdays.is_workday(day) is open_


def test_the_city_names_closed_days_of_its_own():
    assert workdays.is_workday(FOUNDING_DAY)
    assert not workdays.is_workday(FOUNDING_DAY, closed={FOUNDING_DAY})


def test_days_are_counted_over_weekends_and_holidays():
    assert workdays.next_workday(date(2021, 4, 30)) == date(2021, 5, 6)
    assert workdays.next_workday(date(2021, 5, 31), closed={FOUNDING_DAY}) == date(2021, 6, 2)
    assert workdays.workdays_before(date(2021, 5, 27), 3) == date(2021, 5, 24)
    assert workdays.workdays_before(date(2022, 1, 5), 2) == date(2021, 12, 28)
    assert workdays.workdays_after(date(2021, 4, 30), 2) == date(2021, 5, 7)


def at_five(*day):
    return dt.datetime(*day, 17, tzinfo=TOKYO)


@pytest.mark.parametrize(
    ("notice", "meeting", "deadline"),
    [
        # Nine days apart: three working days before.
        (date(2021, 5, 18), date(2021, 5, 27), at_five(2021, 5, 24)),
        # Ten working days ahead: five before. One less: three.
        (date(2021, 5, 13), date(2021, 5, 27), at_five(2021, 5, 20)),
        (date(2021, 5, 14), date(2021, 5, 27), at_five(2021, 5, 24)),
        # A late notice: the next working day, while that is before the meeting.
        (date(2021, 5, 24), date(2021, 5, 27), at_five(2021, 5, 25)),
        (date(2021, 5, 26), date(2021, 5, 27), at_five(2021, 5, 26)),
        # A slip of the finger: the years between are not counted day by day, which took minutes.
        (date(2021, 5, 26), date(9021, 5, 27), at_five(9021, 5, 21)),
    ],
)
def test_a_deadline_is_proposed_from_notice_and_meeting(notice, meeting, deadline):
    assert workdays.propose_deadline(meeting, notice=notice) == deadline


def test_one_reminder_goes_out_on_the_working_day_before_the_deadline():
    assert workdays.propose_reminder(at_five(2021, 5, 24), notice=date(2021, 5, 18)) == date(2021, 5, 21)


def test_no_reminder_follows_on_the_heels_of_the_notice():
    assert workdays.propose_reminder(at_five(2021, 5, 24), notice=date(2021, 5, 20)) is None


@pytest.mark.parametrize(
    ("moment", "leaves"),
    [
        (dt.datetime(2021, 5, 18, 10, 0, tzinfo=TOKYO), dt.datetime(2021, 5, 18, 10, 0, tzinfo=TOKYO)),
        (dt.datetime(2021, 5, 18, 6, 0, tzinfo=TOKYO), dt.datetime(2021, 5, 18, 8, 30, tzinfo=TOKYO)),
        (dt.datetime(2021, 5, 18, 17, 15, tzinfo=TOKYO), dt.datetime(2021, 5, 19, 8, 30, tzinfo=TOKYO)),
        # A Saturday.
        (dt.datetime(2021, 5, 22, 10, 0, tzinfo=TOKYO), dt.datetime(2021, 5, 24, 8, 30, tzinfo=TOKYO)),
    ],
)
def test_letters_leave_in_office_hours(moment, leaves):
    assert workdays.next_office_moment(moment) == leaves
