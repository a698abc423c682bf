"""What sorts of things the audit log tells of."""

from django.db import connection

# From each to the next by one step in the index; the log itself has as many rows as there were actions.
STEPS = """
WITH RECURSIVE kind AS (
    SELECT min(target_type) AS name FROM audit_event WHERE target_type > ''
    UNION ALL
    SELECT (SELECT min(target_type) FROM audit_event WHERE target_type > kind.name)
    FROM kind WHERE name IS NOT NULL
)
SELECT name FROM kind WHERE name IS NOT NULL
"""


def kinds() -> list[str]:
    """In the order of their names: "members.user"."""
    with connection.cursor() as cursor:
        cursor.execute(STEPS)
        return [name for (name,) in cursor.fetchall()]
