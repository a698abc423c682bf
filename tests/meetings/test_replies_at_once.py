"""Two replies at the same moment: two real connections, so these tests commit and are slow."""

import threading
from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections, transaction
from django.utils import timezone

from foundation.actions import Conflict
from meetings.models import Reply, Survey
from meetings.states import Mode
from members.models import Membership
from tests.machines import DEEP


def at_once(*actions):
    """Run the actions in threads of their own; what each returned or raised."""
    results = [None] * len(actions)

    def run(place, action):
        try:
            results[place] = action()
        except (Conflict, ValidationError) as refused:
            results[place] = refused
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(actions)]
    for thread in threads:
        thread.start()
    return threads, results


def press(action):
    try:
        return action()
    except Conflict as told:
        return told


def finish(threads):
    for thread in threads:
        thread.join(timeout=20)
    assert not any(thread.is_alive() for thread in threads)


# ASVS V2.3.4
@pytest.mark.django_db(transaction=True)
def test_one_page_sent_twice_at_once_is_one_answer(give, emails):
    key = uuid4()
    threads, results = at_once(*[lambda: give(key=key)] * 4)
    finish(threads)
    assert [(response.pk, response.version) for response in results] == [(Reply.objects.get().pk, 1)] * 4
    assert len(emails()) == 1


# ASVS V2.3.4
@pytest.mark.django_db(transaction=True)
def test_of_two_pages_sent_at_once_one_is_told(give):
    threads, results = at_once(lambda: give(mode=Mode.VENUE), lambda: give(mode=Mode.ABSENT))
    finish(threads)
    assert sorted(type(result).__name__ for result in results) == ["Conflict", "Reply"]


@pytest.mark.django_db(transaction=True)
def test_of_many_pages_sent_at_once_one_is_taken_and_the_others_are_told_what_it_says(give, survey, member):
    """Slow, because twenty pages are sent by four people at once; with DEEP a hundred by ten."""
    people, each = (10, 10) if DEEP else (4, 5)
    give(mode=Mode.VENUE, note="前の回答")

    def send(person):
        notes = [f"{person}人目の{number}通目" for number in range(each)]
        return [press(partial(give, mode=Mode.ONLINE, note=note, version=1)) for note in notes]

    threads, found = at_once(*[partial(send, person) for person in range(people)])
    finish(threads)
    results = [result for own in found for result in own]
    stored = Reply.objects.get()
    taken = [result for result in results if isinstance(result, Reply)]
    assert [(reply.note, reply.version) for reply in taken] == [(stored.note, 2)]
    told = [result.stored.note for result in results if isinstance(result, Conflict)]
    assert told == [stored.note] * (people * each - 1)


# ASVS V2.3.2
@pytest.mark.django_db(transaction=True)
def test_an_answer_that_waits_beyond_the_deadline_is_too_late(give, survey, member):
    """It came in time and had to wait for the person's row; what counts is the clock when it is written."""
    Survey.objects.filter(pk=survey.pk).update(closes_at=timezone.now() + timedelta(seconds=0.4))
    with transaction.atomic():
        Membership.objects.select_for_update().get(pk=member.pk)
        threads, results = at_once(give)
        wait_until_somebody_waits()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.5)")
    finish(threads)
    assert [result.code for result in results] == ["closed"]
    assert Reply.objects.count() == 0


def wait_until_somebody_waits():
    with connection.cursor() as cursor:
        for _attempt in range(200):
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
            cursor.execute("SELECT pg_sleep(0.01)")
    raise AssertionError("nobody waits")
