"""Two accounts of the database: one that owns the tables, and one for web and worker, which may only use them.

Whoever gets into the application then can neither rebuild a table nor switch a trigger off, and what stands in the
audit log stays. Everything is written down anew each time, so that a right of yesterday does not stay behind.
"""

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

# What only migrations write.
READS_ONLY = {
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "django_content_type",
    "django_migrations",
}
# A row there is for ever.
APPENDS_ONLY = {"audit_event"}
OWNED = """
SELECT DISTINCT tableowner FROM pg_tables
WHERE schemaname = current_schema() AND pg_has_role(%s, tableowner, 'MEMBER')
"""


class NotPlain(Exception):
    """The sentence says why this role is no guard."""


@transaction.atomic
def grant(role: str) -> int:
    """Give `role` exactly what web, worker and backup need; returns on how many tables."""
    with connection.cursor() as cursor:
        refuse_unless_plain(cursor, role)
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        tables = sorted(name for (name,) in cursor.fetchall())
        for statement in statements(role, tables):
            cursor.execute(statement)
        cursor.execute("SELECT has_schema_privilege(%s, current_schema(), 'CREATE')", [role])
        if cursor.fetchone()[0]:
            raise NotPlain(
                "この役割は、スキーマに表を作ることができます。データベースの管理者（postgres）で"
                "「REVOKE CREATE ON SCHEMA public FROM PUBLIC」を実行してから、もう一度お試しください。"
            )
    return len(tables)


def statements(role: str, tables: list[str]) -> list[str]:
    to, ours = quoted(role), [quoted(name) for name in tables]
    return [
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {to}",
        f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {to}",
        f"REVOKE ALL ON SCHEMA public FROM {to}",
        f"GRANT USAGE ON SCHEMA public TO {to}",
        # A table that an upgrade brings is told of by the next `grant_role`; its numbers come of themselves.
        *(f"GRANT {rights(name)} ON {table} TO {to}" for name, table in zip(tables, ours, strict=True)),
    ]


def rights(table: str) -> str:
    if table in READS_ONLY:
        return "SELECT"
    return "SELECT, INSERT" if table in APPENDS_ONLY else "SELECT, INSERT, UPDATE, DELETE"


def refuse_unless_plain(cursor: CursorWrapper, role: str) -> None:
    cursor.execute("SELECT rolsuper OR rolcreaterole OR rolreplication FROM pg_roles WHERE rolname = %s", [role])
    found = cursor.fetchone()
    if found is None:
        raise NotPlain(f"役割「{role}」がありません。先に「createuser {role}」で作ってください。")
    cursor.execute(OWNED, [role])
    if found[0] or cursor.fetchone():
        raise NotPlain(
            f"役割「{role}」は、表の所有者か、データベースの管理者です。"
            "web とワーカーには、別の役割を作ってください。"
        )


def quoted(name: str) -> str:
    return connection.ops.quote_name(name)
