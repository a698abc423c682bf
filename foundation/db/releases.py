"""The shape of the tables as a release knew it: a backup comes back into the one that made it or a later one."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader


def shape_of_tables() -> set[str]:
    """The migrations that were made here, each as app.name; none in a database that was never migrated."""
    return _named(MigrationLoader(connection).applied_migrations)


def shape_of_program() -> set[str]:
    return _named(MigrationLoader(None).disk_migrations)


@contextmanager
def in_the_shape_of(shape: Iterable[str]) -> Iterator[None]:
    """Inside, the empty tables are as they were then; what was filled in comes forward afterwards.

    Part of a transaction: PostgreSQL takes back also what was done to the shape.
    """
    executor = MigrationExecutor(connection)
    executor.migrate(_last_of_each_app(executor, set(shape)))
    yield
    call_command("migrate", interactive=False, verbosity=0)


def _last_of_each_app(executor: MigrationExecutor, shape: set[str]) -> list[tuple[str, str | None]]:
    """Where each app stood; of an app that was not there yet, nothing."""
    graph = executor.loader.graph
    then = {node for node in graph.nodes if ".".join(node) in shape}
    targets: list[tuple[str, str | None]] = []
    for app in executor.loader.migrated_apps:
        own = {node for node in then if node[0] == app}
        later = {parent.key for node in own for parent in graph.node_map[node].parents}
        targets += sorted(own - later) or [(app, None)]
    return targets


def _named(migrations: Iterable[tuple[str, str]]) -> set[str]:
    return {f"{app}.{name}" for app, name in migrations}
