"""A house from before: four sections in one order, and one tick for the asker's name."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from meetings.models import Question, SurveySection
from tests import builders

BEFORE, AFTER = ("meetings", "0012_questions_and_themes"), ("meetings", "0013_form_fields")


def to(state):
    """No table is altered while promises about its rows wait for the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    executor = MigrationExecutor(connection)
    executor.migrate([state] if state else executor.loader.graph.leaf_nodes(app="meetings"))


@pytest.fixture
def filled(survey, meeting, member, expert):
    """A form whose sections were added the other way round, and two questions, of which one may be named."""
    survey.sections.all().delete()
    kinds = ["themes", "talk_questions", "member_questions", "attendance"]
    SurveySection.objects.bulk_create(SurveySection(survey=survey, kind=kind) for kind in kinds)
    for text, named in (("名前を出す", True), ("名前を出さない", False)):
        meeting.questions.create(channel="form", text=text, asker=member, show_name=named)


@pytest.mark.django_db
def test_each_form_asks_as_it_did_and_each_consent_means_what_was_told(filled, survey):
    for state in (BEFORE, AFTER, BEFORE, AFTER, None):
        to(state)
    kinds = ["attendance", "member_questions", "talk_questions", "themes"]
    assert [section.kind for section in survey.sections.all()] == kinds
    assert dict(Question.objects.values_list("text", "name_in_report")) == {
        "名前を出す": True,
        "名前を出さない": False,
    }
    assert builders.make_field(survey=survey).retired_at is None
