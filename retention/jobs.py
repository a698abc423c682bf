"""What was decided and is due goes in the early morning, each decision wholly or not at all."""

from datetime import time, timedelta

from foundation.db import clock
from foundation.jobs.models import Job
from foundation.jobs.queue import enqueue
from foundation.jobs.registry import kind
from foundation.jobs.rules import ClockRule, Daily
from retention import actions
from retention.models import Disposal

NAME, ONE = "retention.carry_out", "retention.carry_out_one"


@kind(NAME)
def carry_out(job: Job) -> None:
    """A job for each: one that fails keeps no other back, and the page says that it has not gone.

    But for the audit log, of which the worker may take nothing away (manage.py dispose).
    """
    for disposal in Disposal.objects.open().filter(stopped_because="", due_on__lte=clock.today()):
        if not disposal.of_kind.by_owner:
            enqueue(kind=ONE, key=f"{disposal.key} {job.pk}", payload={"disposal": disposal.pk})


@kind(ONE, lease=timedelta(minutes=30), attempts=3)
def carry_out_one(job: Job) -> None:
    actions.carry_out(disposal=Disposal.objects.get(pk=job.payload["disposal"]))


# After the nightly backup of docs/operations.md, so that it still holds what goes.
NIGHTLY = ClockRule(NAME, Daily(time(5)))
