"""The one clock of all hosts: the database's.

It is read as a connection is made, and goes on from there by the machine's steady count, which nobody sets. So to
ask for it is no query, and two hosts of which one is an hour wrong decide alike. Where a moment must be later than
a wait for a lock, ask the database itself (functions.ClockTimestamp).
"""

import time
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

# Seconds after which a connection that lives on is asked again: no count is steady for ever.
READ_EVERY = 300


def read(connection: Any, **_signal: Any) -> None:
    """As a connection is made. Past Django's cursors: nobody counts it."""
    with connection.wrap_database_errors, connection.connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (said,) = cursor.fetchone()
    connection.clock = said.astimezone(UTC), time.monotonic()


def now() -> datetime:
    connection.ensure_connection()
    said, since = _last_read()
    # Inside a transaction nobody is asked: what came before may have failed.
    if time.monotonic() > since + READ_EVERY and not connection.in_atomic_block:
        read(connection)
        said, since = _last_read()
    return said + timedelta(seconds=time.monotonic() - since)


def _last_read() -> tuple[datetime, float]:
    return connection.clock  # type: ignore[attr-defined]


def today() -> date:
    """In the town."""
    return timezone.localdate(now())
