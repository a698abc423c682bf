"""The release before goes on while the tables are already those of the next: nothing that it writes is refused."""

import pytest
from django.db.migrations import AddField, AlterField, DeleteModel, RemoveField, RenameField, RenameModel
from django.db.migrations.loader import MigrationLoader
from django.db.models import ManyToManyField

FLOORS = {
    "audit",
    "db",
    "jobs",
    "ledger",
    "mail",
    "meetings",
    "members",
    "opendata",
    "reports",
    "retention",
    "statements",
}
MIGRATIONS = {
    key: migration
    for key, migration in sorted(MigrationLoader(None).disk_migrations.items())
    if key[0] in FLOORS and not migration.initial
}
# What the release before still asks for: it goes one release after nobody asks for it any more.
TAKEN_AWAY = (DeleteModel, RemoveField, RenameModel)


def operations(*kinds):
    return [
        (f"{app}.{name} {operation.describe()}", operation)
        for (app, name), migration in MIGRATIONS.items()
        for operation in migration.operations
        if isinstance(operation, kinds)
    ]


def has_a_value_without_us(field):
    return field.null or field.has_db_default() or isinstance(field, ManyToManyField)


def test_a_new_column_has_a_value_where_the_release_before_says_none():
    assert [said for said, operation in operations(AddField) if not has_a_value_without_us(operation.field)] == []


def test_no_table_and_no_column_goes_with_the_release_that_stops_using_it():
    assert [said for said, _operation in operations(*TAKEN_AWAY)] == []


def test_a_renamed_field_keeps_its_column():
    """Its column is named before it is renamed, and stays."""
    for said, operation in operations(RenameField):
        migration = next(one for one in MIGRATIONS.values() if operation in one.operations)
        before = migration.operations[: migration.operations.index(operation)]
        columns = [
            one.field.db_column
            for one in before
            if isinstance(one, AlterField)
            and (one.model_name, one.name) == (operation.model_name, operation.old_name)
        ]
        assert columns == [operation.old_name], said


@pytest.mark.parametrize("key", MIGRATIONS, ids=".".join)
def test_every_migration_can_be_taken_back(key):
    assert [operation.describe() for operation in MIGRATIONS[key].operations if not operation.reversible] == []


def test_they_are_looked_at():
    assert len(MIGRATIONS) >= 14
