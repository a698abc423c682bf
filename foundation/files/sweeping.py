"""Storing a file that a row is about to name, and taking away what no row names, keep off each other.

Whoever stores writes the row in the same transaction; until that is over nobody else can see it. So both hold a
lock of the database meanwhile: many may store at once, and whoever sweeps waits for nobody and comes again.
"""

from django.db import connection

# Of the lock: any number, as long as nobody else takes it.
LOCK = 20260518


def hold_off() -> None:
    """Until the end of the transaction in which a file is stored."""
    if not connection.in_atomic_block:
        raise RuntimeError("a file belongs into the transaction that writes the row about it")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [LOCK])


def may_sweep() -> bool:
    """Until the end of this transaction; not while somebody is just storing a file."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])
