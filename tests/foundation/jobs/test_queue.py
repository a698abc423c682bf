from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models.functions import Now
from django.utils import timezone

from foundation.jobs import queue
from foundation.jobs.models import URGENT, Job
from foundation.jobs.queue import enqueue
from foundation.jobs.registry import Kind, kinds
from foundation.jobs.states import ENDED, NEEDING_A_PERSON, JobState
from tests.foundation.jobs import work

LEASE = timedelta(minutes=1)
OVER = timedelta(seconds=-1)
HOUR = timedelta(hours=1)


def take(kind="note", lease=LEASE):
    return queue.take(kind, lease)


def abandon(kind="note"):
    """Taken by a worker that then died."""
    return queue.take(kind, OVER)


def state_of(job):
    return Job.objects.get(pk=job.pk).state


# Into the queue


def test_a_job_waits_from_the_moment_of_its_action(queue_up):
    job = queue_up("a", payload={"version": 7})

    row = Job.objects.get()
    assert (row, job.is_new) == (job, True)
    assert (row.kind, row.key, row.payload, row.state) == ("note", "a", {"version": 7}, JobState.WAITING)
    assert (row.attempts, row.due_at) == (0, row.created_at)


def test_the_same_key_of_the_same_kind_is_the_same_job(queue_up):
    first, second, other = (
        queue_up("a", payload={"n": 1}),
        queue_up("a", payload={"n": 2}),
        queue_up("a", "letter"),
    )

    assert (second, second.is_new, second.payload) == (first, False, {"n": 1})
    assert other != first


def test_a_job_is_put_into_the_queue_by_one_query(queue_up, django_assert_num_queries):
    with transaction.atomic(), django_assert_num_queries(1):
        enqueue(kind="note", key="a")


def test_a_job_of_an_action_that_failed_was_never_there(db):
    with transaction.atomic():
        enqueue(kind="note", key="a")
        transaction.set_rollback(True)

    assert Job.objects.count() == 0


# Outside a transaction is only where the test itself has none.
@pytest.mark.django_db(transaction=True)
def test_nothing_is_enqueued_outside_the_transaction_of_an_action():
    with pytest.raises(RuntimeError, match="belongs into the transaction"):
        enqueue(kind="note", key="a")


def test_two_kinds_cannot_have_one_name(settings):
    settings.JOB_KINDS = [*work.KINDS, work.KINDS[0]]
    with pytest.raises(AssertionError, match="one name"):
        kinds()


# Whose turn it is


def test_the_job_longest_due_is_taken_first(queue_up):
    now = timezone.now()
    queue_up("now"), queue_up("before", due_at=now - HOUR), queue_up("tomorrow", due_at=now + HOUR)

    assert [take().key for _ in range(2)] == ["before", "now"]
    assert take() is None


def test_what_is_urgent_overtakes(queue_up):
    queue_up("a"), queue_up("code", "letter", priority=URGENT)

    assert queue.next_kind(["note", "letter"]) == "letter"
    assert queue.next_kind(["note"]) == "note"


MANY = """
INSERT INTO jobs_job (kind, key, payload, priority, state, finished_at)
SELECT 'note', n, '{}', 0, CASE n % 3 WHEN 0 THEN 'waiting' ELSE 'done' END,
       CASE n % 3 WHEN 0 THEN NULL ELSE now() END
FROM generate_series(1, 20000) n
"""


def plan_of(rows):
    """The planner's own words for the query that takes a job."""
    sql, values = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {sql}", values)
        return "\n".join(line for (line,) in cursor.fetchall())


@pytest.mark.parametrize("kinds_wanted", [["note"], ["note", "letter"]])
def test_a_turn_is_found_by_the_index_without_sorting_all_that_waits(db, kinds_wanted):
    with connection.cursor() as cursor:
        cursor.execute(MANY)
        cursor.execute("ANALYZE jobs_job")
    plan = plan_of(
        Job.objects.due().filter(kind__in=kinds_wanted).select_for_update(skip_locked=True, no_key=True)[:1]
    )

    assert "Index Scan using jobs_turn" in plan
    assert "Sort" not in plan
    assert "Seq Scan" not in plan


# In hand


def test_a_taken_job_carries_its_lease(job):
    taken = take()

    assert (taken.state, taken.attempts) == (JobState.RUNNING, 1)
    assert Job.objects.filter(lease_until__lte=Now() + LEASE, lease_until__gt=Now()).get() == taken


def test_a_job_that_is_done_knows_when_and_what_came_out(job):
    taken = take()
    taken.result = {"rows": 3}
    assert queue.done(taken)

    job.refresh_from_db()
    assert (job.state, job.result, job.has_ended) == (JobState.DONE, {"rows": 3}, True)
    assert job.created_at < job.finished_at < timezone.now()


@pytest.mark.parametrize(
    "values",
    [{"state": JobState.DONE}, {"finished_at": Now()}, {"state": JobState.RUNNING}],
    ids=["done, but when?", "ended, yet waiting", "running without a lease"],
)
def test_the_database_refuses_a_job_that_contradicts_itself(job, values):
    with pytest.raises(IntegrityError):
        Job.objects.update(**values)


def test_a_job_put_off_waits_longer_each_time(job):
    pauses = []
    for _ in range(Kind.attempts - 1):
        Job.objects.update(due_at=Now())
        started = timezone.now()
        queue.later(take(), "450 greylisted")
        job.refresh_from_db()
        pauses.append((job.due_at - started) / timedelta(minutes=1))

    expected = [1, 2, 4, 8, 16, 32, 64, 120, 120]
    assert pauses == [pytest.approx(minutes, rel=0.25) for minutes in expected]
    assert (job.state, job.last_error) == (JobState.WAITING, "450 greylisted")


def test_after_the_last_attempt_a_person_is_asked(job, queue_up):
    Job.objects.update(attempts=Kind.attempts - 1)
    queue_up("another")
    queue.later(take(), "450 greylisted")

    assert list(Job.objects.needing_a_person()) == [job]
    assert state_of(job) == JobState.FAILED


def test_a_job_laid_down_untried_costs_no_attempt(job):
    assert queue.back(take())

    job.refresh_from_db()
    assert (job.state, job.attempts, job.lease_until) == (JobState.WAITING, 0, None)


# Left behind by a worker that died


def test_what_may_be_repeated_waits_again(job):
    abandon()

    assert queue.recover(kinds()) == 1
    assert state_of(job) == JobState.WAITING


def test_what_costs_a_worker_each_time_is_given_up(job):
    Job.objects.update(attempts=Kind.attempts - 1)
    abandon()
    queue.recover(kinds())

    job.refresh_from_db()
    assert (job.state, job.last_error) == (
        JobState.FAILED,
        "処理が途中で止まることが続いたため、取りやめました。",
    )


def test_what_may_not_be_repeated_is_a_persons_to_decide(queue_up):
    letter = queue_up(kind="letter")
    abandon("letter")

    assert queue.recover(kinds()) == 1
    assert take("letter") is None
    assert list(Job.objects.needing_a_person()) == [letter]


def test_a_job_in_hand_is_not_left_behind(job):
    take()

    assert queue.recover(kinds()) == 0


def test_a_worker_that_does_not_know_a_kind_leaves_it_to_those_who_do(job):
    abandon()

    assert queue.recover({}) == 0
    assert queue.next_kind([]) is None


def test_word_that_comes_late_still_counts(queue_up):
    """The database was away for longer than the lease; the letter had arrived."""
    letter = queue_up(kind="letter")
    taken = abandon("letter")
    queue.recover(kinds())

    assert queue.done(taken)
    assert state_of(letter) == JobState.DONE


def test_what_ended_meanwhile_does_not_begin_anew(queue_up):
    letter = queue_up(kind="letter")
    taken = abandon("letter")
    queue.recover(kinds())

    assert not queue.later(taken, "450 greylisted")
    assert not queue.back(taken)
    assert state_of(letter) == JobState.UNCLEAR


def test_of_two_whose_leases_end_at_one_moment_only_the_one_that_is_done_ends(queue_up):
    queue_up("a"), queue_up("b")
    first, second = take(), take()
    Job.objects.update(lease_until=first.lease_until)

    queue.done(first)
    assert (state_of(first), state_of(second)) == (JobState.DONE, JobState.RUNNING)


def test_what_was_cancelled_meanwhile_stays_so(job):
    taken = take()
    assert queue.cancel(job)

    assert not queue.done(taken)
    assert state_of(job) == JobState.CANCELLED


def test_a_worker_that_outlived_its_lease_does_not_overrule_the_next(job):
    slow = abandon()
    queue.recover(kinds())
    take()

    assert not queue.failed(slow, "550 no such user")
    assert state_of(job) == JobState.RUNNING


# A person decides


def in_state(job, state):
    """As only the queue would bring it there."""
    Job.objects.update(
        state=state,
        lease_until=job.created_at if state == JobState.RUNNING else None,
        finished_at=job.created_at if state in ENDED else None,
    )


@pytest.mark.parametrize("state", sorted(NEEDING_A_PERSON))
def test_a_job_is_done_again_at_once_and_with_all_its_attempts(job, state):
    in_state(job, state)
    Job.objects.update(attempts=10, due_at=Now() + HOUR, last_error="550")
    queue.again(job)

    taken = take()
    assert (taken, taken.attempts, taken.last_error) == (job, 1, "")


@pytest.mark.parametrize(
    ("kind", "cancelled"),
    [
        ("note", {"waiting", "running", "failed", "unclear"}),
        ("letter", {"waiting", "failed", "unclear"}),
    ],
)
def test_what_can_be_cancelled(queue_up, kind, cancelled):
    """What is in hand is given up only where it can be rolled back."""
    job = queue_up(kind=kind)
    found = set()
    for state in JobState:
        in_state(job, state)
        if queue.cancel(job):
            found.add(state)
            assert state_of(job) == JobState.CANCELLED
    assert found == cancelled


def test_a_person_s_word_on_one_job_moves_no_other(queue_up):
    one, other = queue_up("a"), queue_up("b")
    for job in (take(), take()):
        queue.failed(job, "x")
    queue.again(one)
    assert [state_of(one), state_of(other)] == [JobState.WAITING, JobState.FAILED]
    third = queue_up("c")
    assert queue.cancel(third)
    assert [state_of(one), state_of(third)] == [JobState.WAITING, JobState.CANCELLED]


def test_what_has_ended_is_not_left_behind_however_old_its_lease(job):
    queue.done(abandon())
    assert queue.recover(kinds()) == 0
