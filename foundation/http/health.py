"""Can this process serve? Its database answers, all migrations are there; since when is the oldest job due?

Where files lie is told too, but whoever only reads pages is served without it.
"""

from functools import cache
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Min
from django.db.models.functions import Now

from foundation.db.away import MAY_BE_AWAY, is_away
from foundation.files.storage import store
from foundation.jobs.models import Job
from foundation.mail.models import Email


def look() -> dict[str, Any]:
    return {**_database(), **store().condition(), "version": settings.VERSION}


def _database() -> dict[str, Any]:
    unknown = {"jobs_seconds_late": None, "letters_undelivered": None}
    try:
        if expected_migrations() - set(MigrationRecorder(connection).applied_migrations()):
            # Without its tables the queue cannot be asked.
            return {"ready": False, "database": "ok", "migrations": "missing", **unknown}
        told = {"jobs_seconds_late": seconds_late(), "letters_undelivered": letters_undelivered()}
    except MAY_BE_AWAY as error:
        if not is_away(error):
            raise
        return {"ready": False, "database": "away", "migrations": None, **unknown}
    return {"ready": True, "database": "ok", "migrations": "ok", **told}


@cache
def expected_migrations() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).disk_migrations)


def seconds_late() -> int:
    """Since when the job that waits longest should have begun. A late worker is no reason to stop serving."""
    late = Job.objects.due().aggregate(age=Now() - Min("due_at"))["age"]
    return int(late.total_seconds()) if late else 0


def letters_undelivered() -> int:
    """Those that wait for a person: they came back, or nobody knows whether they left."""
    return Email.objects.needing_a_person().count()
