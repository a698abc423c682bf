"""Whether citizens could listen stood on the report: it goes to the meeting, and back."""

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from meetings.models import Meeting
from reports.models import Report
from tests import builders

BEFORE = ("reports", "0006_sentence_overrides")


def to(state):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    executor = MigrationExecutor(connection)
    executor.migrate([state] if state else executor.loader.graph.leaf_nodes(app="reports"))
    return executor.loader.project_state([state]).apps if state else None


def test_what_a_report_said_of_it_is_the_meetings_and_back_again(group):
    closed = builders.make_meeting(group=group, number=1, openness="closed", openness_reason="個人情報のため")
    untold = builders.make_meeting(group=group, number=2)
    for meeting in (closed, untold):
        Report.objects.create(meeting=meeting)
    old = to(BEFORE).get_model("reports", "Report").objects.order_by("meeting__number")
    assert list(old.values_list("openness", "openness_reason")) == [("closed", "個人情報のため"), ("", "")]
    Meeting.objects.update(openness="", openness_reason="")
    to(None)
    told = Meeting.objects.order_by("number").values_list("openness", "openness_reason")
    assert list(told) == [("closed", "個人情報のため"), ("", "")]
