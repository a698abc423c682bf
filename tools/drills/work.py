"""A job that takes its time and leaves one row, so that one sees whether it was done, and how often."""

import time

from foundation.actions import SYSTEM, record
from foundation.jobs.models import Job
from foundation.jobs.registry import kind

NOTE = "drill.note"


@kind(NOTE)
def note(job: Job) -> None:
    record(by=SYSTEM, action=NOTE, target=job)
    until = time.monotonic() + job.payload["seconds"]
    while (left := until - time.monotonic()) > 0:
        time.sleep(min(0.1, left))
