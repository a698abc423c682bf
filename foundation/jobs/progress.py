"""How far a job is, for the page that waits for it.

The work itself is one transaction that nobody sees before its end, so progress goes another way: over a
connection of its own, which is opened only for work that takes its time.
"""

import time
from datetime import timedelta

from django.db import connection

from foundation.jobs.models import Job

# Seconds between two notes: a page asks no oftener.
PAUSE = 0.3

NOTE = """
UPDATE jobs_job SET progress_done = %s, progress_total = %s, progress_note = %s,
       lease_until = statement_timestamp() + make_interval(secs => %s)
WHERE id = %s AND state = 'running' AND lease_until = %s
RETURNING lease_until
"""


class Reporter:
    """Notes the progress of the job in a worker's hand, and with each note gives it another lease."""

    def __init__(self, job: Job, lease: timedelta) -> None:
        self.job, self.lease = job, lease
        self.side = connection.copy()
        self.next_at = time.monotonic() + PAUSE

    def note(self) -> None:
        if time.monotonic() < self.next_at:
            return
        self.next_at = time.monotonic() + PAUSE
        job = self.job
        with self.side.cursor() as cursor:
            cursor.execute(
                NOTE,
                [
                    job.progress_done,
                    job.progress_total,
                    job.progress_note,
                    self.lease.total_seconds(),
                    job.pk,
                    job.lease_until,
                ],
            )
            if found := cursor.fetchone():
                job.lease_until = found[0]

    def close(self) -> None:
        self.side.close()
