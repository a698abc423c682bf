"""A field that a form does not ask for changes nothing, whoever sends it: state, owner, right, number, moment.

Each form that a role can open is sent as it is, and again with every other name that a column of ours has: the
second answer is the first, and no row knows what was sent. Slow, because every form is sent twice.
"""

import re

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import BooleanField

from tests.hostile.test_typed import opened_by
from tests.hostile.walk import Walk, undone, visitor, walked_by
from tests.world import World

# A number that no row has, so that it is found again wherever it is stored.
SENT = "471147114"
# Said by the button that is pressed, so that it is no field a walk would find.
BY_BUTTON = {"reviewer": {"reviews_data"}}
FORMS = {"member": 3, "desk": 45, "staff": 5, "administrator": 18, "administrator_inside": 20}


def columns():
    """By every name under which a form could take them."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            yield from {field.name, field.attname}


def stored():
    """How many rows of all tables know the number."""
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names(cursor) if name != "django_session"]
        rows = " UNION ALL ".join(f'SELECT row_to_json("{name}")::text AS said FROM "{name}"' for name in tables)
        cursor.execute(f"SELECT said FROM ({rows}) AS every WHERE said LIKE %s", [f"%{SENT}%"])
        return [said for (said,) in cursor.fetchall()]


def flags():
    """How many rows of each table say yes, by column: a tick is stored as such, whatever was sent."""
    columns = [
        (model._meta.db_table, field.column)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, BooleanField)
    ]
    counts = [f"""SELECT '{table}.{name}', count(*) FROM {table} WHERE "{name}\"""" for table, name in columns]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(counts))
        return dict(cursor.fetchall())


def sent(client, form, more):
    """What was answered, without the numbers of new rows, and what is so afterwards."""
    with undone(client):
        response = client.post(form.address, form.fields | more)
        answer = response.status_code, re.sub(r"\d+", "n", response.headers.get("Location", ""))
        return answer, flags(), stored()


# ASVS V8.2.3, V8.3.1
@pytest.mark.parametrize("role", walked_by(FORMS, ["administrator_inside"]))
def test_what_a_form_does_not_ask_for_changes_nothing(town, role):
    world, names = World(town), set(columns())
    walk, wrong, done = Walk(visitor(world, role)), [], 0
    for form in walk.forms_on(opened_by(role, world)):
        plain = sent(walk.client, form, {})
        others = names - set(form.fields) - set(form.files) - BY_BUTTON.get(form.address.split("/")[-2], set())
        added = sent(walk.client, form, dict.fromkeys(others, SENT))
        wrong += [f"{form}: {added} instead of {plain}"] if added != plain else []
        done += plain[0][0] == 302
    assert wrong == []
    assert (walk.forms >= FORMS[role], done > 0) == (True, True)
