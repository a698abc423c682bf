import pytest
from django.db import transaction

from foundation.jobs.queue import enqueue
from tests.foundation.jobs import work


@pytest.fixture(autouse=True)
def kinds(settings):
    settings.JOB_KINDS = work.KINDS
    settings.JOB_RULES = []


@pytest.fixture
def queue_up(db):
    """`queue_up("a")`: a job that waits."""

    def queue_up(key="a", kind="note", **values):
        with transaction.atomic():
            return enqueue(kind=kind, key=key, **values)

    return queue_up


@pytest.fixture
def job(queue_up):
    return queue_up()
