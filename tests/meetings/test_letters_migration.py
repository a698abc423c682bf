"""Before there were letters there were emails, and replies did not say for which day: a house with both."""

import pytest
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from foundation.mail import outbox
from meetings.letters import facts_of
from meetings.models import Letter, Reply
from tests import builders

BEFORE, AFTER, TODAY = ("meetings", "0005_letters"), ("meetings", "0006_letters_of_before"), None


def to(state):
    """No table is altered while promises about its rows wait for the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    executor = MigrationExecutor(connection)
    executor.migrate([state] if state else executor.loader.graph.leaf_nodes(app="meetings"))


@pytest.fixture
def written(survey, meeting, member, sato):
    """Sato was called and has answered; a login code and an email about a meeting that is gone are no letters."""
    builders.make_reply(survey=survey, membership=member, said_for=None)
    keys = [f"meetings:announce:{meeting.pk}:{member.pk}:1", f"meetings:announce:999999:{member.pk}:1", "login:1"]
    with transaction.atomic():
        return [
            outbox.enqueue(to=sato, to_address="a@example.jp", subject="件名", body="本文", dedupe_key=key)
            for key in keys
        ]


def test_each_email_of_a_meeting_is_a_letter_and_each_reply_is_for_its_day(written, meeting, member):
    told = facts_of(meeting, meeting.survey.closes_at)
    del told["notice"]
    for state in (BEFORE, AFTER, TODAY):
        to(state)
    (letter,) = Letter.objects.all()
    assert (letter.kind, letter.membership, letter.email) == ("announce", member, written[0])
    # Materials came later.
    assert letter.facts | {"materials": []} == told | {"number": ""}
    assert Reply.objects.get().said_for == meeting.starts_at


def test_it_can_be_taken_back_and_done_again(written):
    for state in (BEFORE, AFTER, BEFORE, AFTER, TODAY):
        to(state)
    assert Letter.objects.count() == 1
