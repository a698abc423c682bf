"""The number of a call stood in the meeting; a house with called meetings, with a number and without."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from meetings.models import Notice
from tests import builders

BEFORE = ("meetings", "0008_what_calendars_ask")


def to(state):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    executor = MigrationExecutor(connection)
    executor.migrate([state] if state else executor.loader.graph.leaf_nodes(app="meetings"))


def numbers():
    with connection.cursor() as cursor:
        cursor.execute("SELECT notice_number FROM meetings_meeting ORDER BY number")
        return [number for (number,) in cursor.fetchall()]


@pytest.fixture
def called(group):
    """The first under a number, the second without."""
    first, second = (builders.make_meeting(group=group, number=number) for number in (1, 2))
    Notice.objects.create(meeting=first, style="formal", number="行経第12号", sender="見本市長")
    Notice.objects.create(meeting=second)


def test_a_number_goes_over_to_the_notice_and_back(called):
    to(BEFORE)
    assert numbers() == ["行経第12号", ""]
    to(None)
    assert list(Notice.objects.values_list("meeting__number", "style", "number")) == [(1, "formal", "行経第12号")]


def test_the_release_before_still_makes_a_meeting(group):
    """It knows the column by its name; ours does not, and the database fills it in."""
    builders.make_meeting(group=group, number=1)
    assert numbers() == [""]
