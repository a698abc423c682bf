"""What is looked after by the clock: the archive, and those who have not looked at their words yet."""

from datetime import date, time, timedelta

from django.db import transaction
from django.utils import timezone

from foundation.actions import SYSTEM
from foundation.db import clock
from foundation.jobs.models import Job
from foundation.jobs.registry import kind
from foundation.jobs.rules import ClockRule, Daily, Every
from members import working_days
from reports import archive
from reports.actions import words
from reports.models import WordsCheck

ENTER = "reports.enter_archive"
HOURLY = ClockRule(ENTER, Every(timedelta(hours=1)))


@kind(ENTER)
def enter_archive(job: Job) -> None:
    with transaction.atomic():
        archive.enter_missing()


@kind("reports.remind_of_words")
def remind_of_words(_job: Job) -> None:
    remind_on(clock.today())


def remind_on(today: date) -> None:
    """On the working day before the date, unless the request is then at most a working day old."""
    for check in WordsCheck.objects.asked():
        asked_on = timezone.localdate(check.asked_at)
        if working_days.propose_reminder(check.closes_at, notice=asked_on) == today:
            words.remind_of_words_by_the_clock(check=check, by=SYSTEM)


MORNINGS = ClockRule("reports.remind_of_words", Daily(time(8)))
