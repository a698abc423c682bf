"""Can this process serve? Its database answers, all migrations are there; since when is the oldest job due?

Where files lie is told too, but whoever only reads pages is served without it.
"""

from functools import cache
from typing import Any

from django.db import InterfaceError, OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Min
from django.db.models.functions import Now

from foundation.files.storage import store
from foundation.jobs.models import Job


def look() -> dict[str, Any]:
    try:
        missing = expected_migrations() - set(MigrationRecorder(connection).applied_migrations())
        # Without its tables the queue cannot be asked.
        return {
            "ready": not missing,
            "database": "ok",
            "migrations": "missing" if missing else "ok",
            "jobs_seconds_late": None if missing else seconds_late(),
            **store().condition(),
        }
    except (OperationalError, InterfaceError):
        away = {"ready": False, "database": "away", "migrations": None, "jobs_seconds_late": None}
        return {**away, **store().condition()}


@cache
def expected_migrations() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).disk_migrations)


def seconds_late() -> int:
    """Since when the job that waits longest should have begun. A late worker is no reason to stop serving."""
    late = Job.objects.due().aggregate(age=Now() - Min("due_at"))["age"]
    return int(late.total_seconds()) if late else 0
