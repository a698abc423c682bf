"""Can this process serve? Its database answers, all migrations are there; how old is the oldest email due?"""

from functools import cache

from django.db import InterfaceError, OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Min
from django.db.models.functions import Now

from foundation.mail.models import Email


def look() -> dict:
    try:
        missing = expected_migrations() - set(MigrationRecorder(connection).applied_migrations())
        # Without its tables the outbox cannot be asked.
        return {
            "ready": not missing,
            "database": "ok",
            "migrations": "missing" if missing else "ok",
            "outbox_seconds_late": None if missing else seconds_late(),
        }
    except (OperationalError, InterfaceError):
        return {"ready": False, "database": "away", "migrations": None, "outbox_seconds_late": None}


@cache
def expected_migrations():
    return frozenset(MigrationLoader(None).disk_migrations)


def seconds_late() -> int:
    """Since when the email that waits longest should have left. A late worker is no reason to stop serving."""
    late = Email.objects.due(Now()).aggregate(age=Now() - Min("due_at"))["age"]
    return int(late.total_seconds()) if late else 0
