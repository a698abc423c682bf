"""Names were kept as one reading and no key to search by: the tables of a house that has people are filled.

Slow, because the tables go back many releases.
"""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

# Nothing of what it walks through is measured anyway.
pytestmark = pytest.mark.no_cover
BEFORE, AFTER = ("members", "0006_what_was_disposed_of"), ("members", "0007_names_done_right")


def at(state):
    """The users' table as it then is, brought there."""
    executor = MigrationExecutor(connection)
    executor.migrate([state])
    return MigrationExecutor(connection).loader.project_state([state]).apps.get_model("members", "User")


@pytest.fixture
def users_before(db):
    users = at(BEFORE)
    rows = [
        ("高橋", "", "たかはし", ""),
        ("鈴木", "佐藤", "すずき", "ばん"),
        ("\u9ad9\ufa11", "", "ﾀｶｻｷ", "はん"),
    ]
    for family, shown, kana, given in rows:
        users.objects.create(
            family_name=family, display_family_name=shown, family_kana=kana, given_kana=given, kana_key="x"
        )
    return users


def test_the_keys_are_those_of_the_rows_and_come_back_as_they_were(users_before):
    users = at(AFTER)
    keys = users.objects.order_by("kana_key").values_list("family_name", "display_family_kana", "search_key")
    assert list(keys) == [
        ("鈴木", "すずき", "鈴木\nすずきばん\n佐藤"),
        ("\u9ad9\ufa11", "", "高崎\nたかさきはん"),
        ("高橋", "", "高橋\nたかはし"),
    ]

    users = at(BEFORE)
    keys = users.objects.order_by("id").values_list("kana_key", flat=True)
    assert list(keys) == ["たかはし\u3000", "すずき\u3000ばん", "たかさき\u3000はん"]
    at(AFTER)
