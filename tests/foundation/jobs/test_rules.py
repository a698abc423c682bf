from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from foundation.jobs.models import Job
from foundation.jobs.rules import Clock, Daily, Every
from foundation.jobs.worker import Worker
from tests.foundation.jobs import work

TOKYO = ZoneInfo("Asia/Tokyo")
HOURLY, NIGHTLY = f"{work.__name__}.HOURLY", f"{work.__name__}.NIGHTLY"


def at(day, hour, minute=0):
    return datetime(2026, 4, day, hour, minute, tzinfo=TOKYO)


@pytest.mark.parametrize(
    ("now", "last"),
    [(at(2, 2, 59), at(1, 3)), (at(2, 3), at(2, 3)), (at(2, 23), at(2, 3))],
)
def test_a_time_of_day_is_the_towns(now, last):
    assert Daily(time(3)).last(now.astimezone(UTC)) == last


def test_a_pause_is_counted_from_the_full_hour():
    assert Every(timedelta(minutes=15)).last(at(2, 9, 44)) == at(2, 9, 30)


def test_a_time_that_has_come_is_one_job_whoever_looks_and_however_often(db, settings):
    settings.JOB_RULES = [HOURLY]
    clock = Clock()
    clock.strike(), clock.strike(), Clock().strike()

    job = Job.objects.get()
    assert (job.kind, job.payload) == ("note", {"why": "hourly"})
    assert job.key == f"{HOURLY} {job.due_at.isoformat()}"


def test_what_was_done_is_not_done_again_before_its_next_time(db, settings):
    settings.JOB_RULES = [NIGHTLY]
    Worker().run_once()
    Worker().run_once()

    assert len(work.noted()) == 1


def test_a_clock_asks_the_database_once_for_each_time(db, settings, django_assert_num_queries):
    settings.JOB_RULES = [HOURLY, NIGHTLY]
    clock = Clock()
    clock.strike()
    with django_assert_num_queries(0):
        clock.strike()
