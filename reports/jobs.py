"""What is looked after by the clock: the archive holds all that stands in public."""

from datetime import timedelta

from django.db import transaction

from foundation.jobs.models import Job
from foundation.jobs.registry import kind
from foundation.jobs.rules import ClockRule, Every
from reports import archive

ENTER = "reports.enter_archive"
HOURLY = ClockRule(ENTER, Every(timedelta(hours=1)))


@kind(ENTER)
def enter_archive(job: Job) -> None:
    with transaction.atomic():
        archive.enter_missing()
