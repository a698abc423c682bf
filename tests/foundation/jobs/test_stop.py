"""Work that takes long, in a worker of its own that is told to stop: only a real process gets real signals."""

import signal
import time

import pytest
from django.db import transaction

from foundation.audit.models import Event
from foundation.jobs.models import Job
from foundation.jobs.queue import enqueue
from foundation.jobs.states import JobState
from tools.drills.database import start
from tools.drills.work import NOTE

pytestmark = pytest.mark.django_db(transaction=True)


def test_long_work_is_rolled_back_and_laid_down_within_five_seconds(tmp_path):
    with transaction.atomic():
        job = enqueue(kind=NOTE, key="long", payload={"seconds": 60})
    environment = {"DJANGO_SETTINGS_MODULE": "tools.drills.settings", "DXBUKAI_VAR": str(tmp_path)}
    worker = start("worker", environment=environment)
    try:
        until = time.monotonic() + 20
        while not Job.objects.filter(pk=job.pk, state=JobState.RUNNING).exists():
            assert time.monotonic() < until
            time.sleep(0.02)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(timeout=5) == 0
    finally:
        worker.kill()

    job.refresh_from_db()
    assert (job.state, job.attempts, Event.objects.count()) == (JobState.WAITING, 0, 0)
