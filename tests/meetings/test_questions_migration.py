"""Before questions could be merged or declined: a house that had ticked one for its report."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from meetings.models import AgendaItem, Question
from tests import builders

BEFORE, AFTER = ("meetings", "0011_materials"), ("meetings", "0012_questions_and_themes")
TODAY = None


def to(state):
    """No table is altered while promises about its rows wait for the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    executor = MigrationExecutor(connection)
    executor.migrate([state] if state else executor.loader.graph.leaf_nodes(app="meetings"))


def before(*rows):
    """Past the models, which know more than the tables did then."""
    with connection.cursor() as cursor:
        for text, state, in_report in rows:
            cursor.execute(
                'INSERT INTO meetings_question (version, "order", channel, state, text, show_name, in_report,'
                " meeting_id) SELECT 1, 1000, 'form', %s, %s, false, %s, min(id) FROM meetings_meeting",
                [state, text, in_report],
            )


@pytest.fixture
def house(survey):
    to(BEFORE)
    before(("載せる", "open", True), ("載せない", "open", False), ("まとめた", "merged", False))
    before(("見送った", "declined", False))


def test_what_was_ticked_stays_ticked_and_every_state_has_what_belongs_to_it(house):
    to(TODAY)
    found = Question.objects.order_by("id").values_list(
        "text", "state", "in_report", "asker_told", "declined_reason"
    )
    assert list(found) == [
        ("載せる", "open", True, True, ""),
        ("載せない", "open", False, False, ""),
        ("まとめた", "open", False, False, ""),
        ("見送った", "declined", False, False, "理由の記録がありません。"),
    ]


def test_it_can_be_taken_back_and_done_again(house, meeting):
    to(TODAY)
    one, two = Question.objects.order_by("id")[:2]
    Question.objects.filter(pk=two.pk).update(state="merged", merged_into=one)
    builders.make_item(meeting=meeting, kind="questions", title="前回までの質問への回答")
    for state in (BEFORE, AFTER, TODAY):
        to(state)
    assert Question.objects.get(pk=two.pk).state == "open"
    assert AgendaItem.objects.get().kind == "other"
