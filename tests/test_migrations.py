"""The release before goes on while the tables are already those of the next: nothing that it writes is refused."""

import re

import pytest
from django.db.migrations import (
    AddConstraint,
    AddField,
    AlterField,
    CreateModel,
    DeleteModel,
    RemoveField,
    RenameField,
    RenameModel,
)
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
EVERY = {
    key: migration for key, migration in sorted(MigrationLoader(None).disk_migrations.items()) if key[0] in FLOORS
}
MIGRATIONS = {key: migration for key, migration in EVERY.items() if not migration.initial}
# What the release before still asks for: it goes one release after nobody asks for it any more.
TAKEN_AWAY = (DeleteModel, RemoveField, RenameModel)
# No release had gone out that could have written what they refuse.
BEFORE_THE_FIRST_RELEASE = [
    "meetings.meetings_assignment_is_due",
    "meetings.meetings_walk_in_came",
    "members.members_department_name_unique",
]


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


def test_a_column_takes_what_it_took():
    """Nothing where nothing was enough, a long text, the same in two rows."""
    columns, narrower = {}, []
    for (app, _name), migration in EVERY.items():
        for one in migration.operations:
            if isinstance(one, CreateModel):
                columns |= {(app, one.name_lower, name): field for name, field in one.fields}
            elif isinstance(one, (AddField, AlterField)):
                key = (app, one.model_name_lower, one.name)
                if takes_less(one.field, columns.get(key, one.field)):
                    narrower.append(".".join(key))
                columns[key] = one.field
    assert narrower == []


def takes_less(now, before):
    longest = now.max_length or float("inf")
    kinds = {now.get_internal_type(), before.get_internal_type()}
    return (
        before.null > now.null
        or now.unique > before.unique
        or longest < (before.max_length or longest)
        or (len(kinds) > 1 and not kinds <= {"CharField", "TextField"})
    )


def test_a_new_promise_is_one_of_new_columns():
    """One of columns of before alone may refuse what the release before writes: it is looked at and named."""
    bound = []
    for (app, _name), migration in MIGRATIONS.items():
        tables = {one.name_lower for one in migration.operations if isinstance(one, CreateModel)}
        new = {(one.model_name_lower, one.name) for one in migration.operations if isinstance(one, AddField)}
        for one in migration.operations:
            if isinstance(one, AddConstraint) and one.model_name_lower not in tables:
                words = re.findall(r"'([a-z_]+?)(?:__\w+)?'", repr(one.constraint.deconstruct()))
                if not new & {(one.model_name_lower, word) for word in words}:
                    bound.append(f"{app}.{one.constraint.name}")
    assert bound == BEFORE_THE_FIRST_RELEASE


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
