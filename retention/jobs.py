"""What was decided and is due goes at night, each decision wholly or not at all."""

from datetime import time, timedelta

from foundation.jobs.models import Job
from foundation.jobs.registry import kind
from foundation.jobs.rules import ClockRule, Daily
from retention import actions
from retention.models import Disposal

NAME = "retention.carry_out"


@kind(NAME, lease=timedelta(minutes=30))
def carry_out(job: Job) -> None:
    """But for the audit log, of which the worker may take nothing away (manage.py dispose)."""
    waiting = [row for row in Disposal.objects.open() if not row.of_kind.by_owner]
    for number, disposal in enumerate(waiting, start=1):
        actions.carry_out(disposal=disposal)
        job.report(number, len(waiting))


# After the nightly backup of docs/operations.md, so that it still holds what goes.
NIGHTLY = ClockRule(NAME, Daily(time(5)))
