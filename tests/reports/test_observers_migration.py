"""Before, the report knew how many listened; now the meeting does, and the roll shows it."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from meetings.models import Meeting
from reports.models import Report
from tests import builders

BEFORE, AFTER = ("reports", "0004_styles"), ("reports", "0005_observers_of_the_meeting")


def to(state):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    MigrationExecutor(connection).migrate([state])


@pytest.mark.django_db
def test_the_number_goes_to_the_meeting_and_back_and_nothing_is_lost(group):
    """Each state is one more walk through the migrations of a floor: 1 s."""
    for number, observers in ((1, 3), (2, 0), (3, None)):
        builders.make_meeting(group=group, number=number, observers=observers)
    Report.objects.create(meeting=Meeting.objects.get(number=3))
    to(BEFORE)
    Meeting.objects.update(observers=None)
    to(AFTER)
    counted = list(Meeting.objects.order_by("number").values_list("observers", flat=True))
    assert (counted, Report.objects.count()) == ([3, 0, None], 3)
