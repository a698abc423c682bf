"""The promises of the database, taken out of a test database for one run: a pytest plugin.

`MUTANT_PROMISE` names a constraint, a unique index or a trigger of ours.
"""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

TRIGGERS = """
SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1
"""
CONSTRAINTS = """
SELECT conname, conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint
WHERE contype IN ('c', 'x', 'u') AND connamespace = 'public'::regnamespace ORDER BY 1
"""
INDEXES = """
SELECT c.relname, i.indrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i
JOIN pg_class c ON c.oid = i.indexrelid
WHERE i.indisunique AND NOT i.indisprimary AND c.relnamespace = 'public'::regnamespace
  AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid) ORDER BY 1
"""


def promises() -> dict[str, tuple[str, str]]:
    """Name → the statement that takes it out, and the one that puts it back."""
    found = {}
    for name, table in _rows(TRIGGERS):
        off, on = (f"ALTER TABLE {table} {verb} TRIGGER {_quoted(name)}" for verb in ("DISABLE", "ENABLE"))
        found[name] = (off, on)
    for name, table, definition in _rows(CONSTRAINTS):
        drop, add = (f"ALTER TABLE {table} {verb} CONSTRAINT {_quoted(name)}" for verb in ("DROP", "ADD"))
        found[name] = (drop, f"{add} {definition}")
    for name, _table, definition in _rows(INDEXES):
        found[name] = (f"DROP INDEX {_quoted(name)}", definition)
    return found


def _rows(query: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


@pytest.fixture(scope="session", autouse=True)
def without_promise(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    wanted = os.environ.get("MUTANT_PROMISE", "")
    if not wanted:
        yield
        return
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        if wanted not in (found := promises()):
            # Before any test, which would be green, or red for another reason.
            pytest.exit(f"The database has no promise {wanted}", returncode=pytest.ExitCode.USAGE_ERROR)
        off, on = found[wanted]
        cursor.execute(off)
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(on)
