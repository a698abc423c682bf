"""When that leaves for which nobody waits. The clock is not moved: the office is open, or the row is older."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import timezone

from foundation.db import clock
from foundation.jobs.models import Job
from foundation.jobs.states import JobState
from foundation.mail.outbox import enqueue
from members import senders, unasked, working_days
from tests import builders


@pytest.fixture
def tell(group, sato):
    """`tell()`: something for Sato that nobody waits for, due when it may leave."""

    def write(number=1, of=group, **fields):
        sender = senders.of_group(of)
        due_at = unasked.moments([sato.pk], sender)[sato.pk]
        given = {"to": sato, "to_address": sato.email, "subject": "件名", "body": "本文", "due_at": due_at}
        return enqueue(**given, **sender, dedupe_key=str(number), unasked=True, **fields)

    return write


@pytest.fixture
def people_of(db):
    return lambda number: [builders.make_user().pk for _each in range(number)]


def due(email):
    return Job.objects.get(pk=email.job_id).due_at


def leave(email):
    Job.objects.filter(pk=email.job_id).update(state=JobState.DONE, finished_at=F("due_at"))


def test_it_leaves_in_office_hours(tell):
    moment = timezone.localtime(due(tell()))
    assert working_days.next_office_moment(moment) == moment >= clock.now() + timedelta(minutes=4)


def test_whoever_had_one_on_that_day_gets_the_next_on_the_next_working_morning(tell):
    first = tell()
    leave(first)
    tomorrow = working_days.workdays_after(timezone.localdate(due(first)), 1)
    moment = timezone.localtime(due(tell(2)))
    assert (moment.date(), f"{moment:%H:%M}") == (tomorrow, "08:30")


def test_what_waits_for_that_day_waits_for_what_comes_after_it(tell):
    first = tell()
    Job.objects.filter(pk=first.job_id).update(due_at=F("due_at") - timedelta(seconds=90))
    assert due(tell(2)) == due(first)


def test_another_sender_may_write_on_the_same_day(tell, db):
    first = tell()
    leave(first)
    other = builders.make_group(slug="other", name="別の部会")
    assert timezone.localdate(due(tell(2, of=other))) == timezone.localdate(due(first))


def test_the_visitors_of_the_demo_wait_for_no_morning(tell, settings):
    settings.MAIL_IN_OFFICE_HOURS, settings.MAIL_GRACE = False, timedelta(seconds=10)
    leave(tell())
    assert due(tell(2)) < clock.now() + timedelta(seconds=11)


def test_for_many_it_takes_as_many_statements_as_for_one(group, people_of, django_assert_num_queries):
    sender = senders.of_group(group)
    for people in (people_of(1), people_of(30)):
        with django_assert_num_queries(3):
            assert len(unasked.moments(people, sender)) == len(people)
