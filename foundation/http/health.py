"""Can this process serve? Its database answers, all migrations are there; since when is the oldest job due?"""

import shutil
from functools import cache
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Min
from django.db.models.functions import Now

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
            "disk_free_mb": free_megabytes(),
        }
    except (OperationalError, InterfaceError):
        away = {"ready": False, "database": "away", "migrations": None, "jobs_seconds_late": None}
        return {**away, "disk_free_mb": free_megabytes()}


def free_megabytes() -> int:
    """Where uploaded files lie, or will. A full disk still serves those who read."""
    there = next(path for path in (settings.VAR_DIR, *settings.VAR_DIR.parents) if path.exists())
    return shutil.disk_usage(there).free >> 20


@cache
def expected_migrations() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).disk_migrations)


def seconds_late() -> int:
    """Since when the job that waits longest should have begun. A late worker is no reason to stop serving."""
    late = Job.objects.due().aggregate(age=Now() - Min("due_at"))["age"]
    return int(late.total_seconds()) if late else 0
