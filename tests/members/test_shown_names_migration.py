"""Names were found in a roster by their exact characters: the key of people who are there is filled."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

BEFORE = ("members", "0012_two_registrations_of_one_person")
AFTER = ("members", "0013_found_by_the_shown_name")


def at(state):
    """The users' table as it then is, brought there."""
    MigrationExecutor(connection).migrate([state])
    return MigrationExecutor(connection).loader.project_state([state]).apps.get_model("members", "User")


@pytest.fixture
def users_before(db):
    users = at(BEFORE)
    users.objects.create(
        family_name="\u9ad9\ufa11", given_name="一郎", family_kana="たかさき", given_kana="いちろう"
    )
    shown = {"display_family_name": "佐藤", "display_family_kana": "さとう"}
    users.objects.create(family_name="鈴木", given_name="花子", family_kana="すずき", given_kana="はなこ", **shown)


def test_the_key_has_the_name_that_is_shown_and_no_other_and_can_be_taken_back(users_before):
    users = at(AFTER)
    assert list(users.objects.order_by("pk").values_list("shown_key", flat=True)) == [
        "高崎一郎\nたかさきいちろう",
        "佐藤花子\nさとうはなこ",
    ]
    assert at(BEFORE).objects.count() == 2
    at(AFTER)
