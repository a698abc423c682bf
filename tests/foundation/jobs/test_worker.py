import time
from datetime import timedelta
from threading import Thread

import psycopg2
import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, OperationalError, connection

from foundation.jobs import queue
from foundation.jobs.models import Job
from foundation.jobs.outcomes import Interrupted, NotNow
from foundation.jobs.registry import Kind
from foundation.jobs.states import JobState
from foundation.jobs.worker import Worker
from tests.foundation.jobs.work import Letter, noted


def states():
    return list(Job.objects.order_by("id").values_list("state", flat=True))


@pytest.fixture
def no_pauses(monkeypatch):
    """`no_pauses` lists how long the worker would have waited."""
    waited = []
    monkeypatch.setattr(Worker, "pause", lambda _worker, seconds: waited.append(seconds))
    return waited


class Closed(Kind):
    """What it needs is away."""

    name = "note"

    def open(self):
        raise NotNow("connection refused")


def test_everything_due_is_done_once(queue_up):
    for key in "abc":
        queue_up(key)
    Worker().run_once()
    Worker().run_once()

    assert states() == [JobState.DONE] * 3
    assert noted() == ["a 1", "b 1", "c 1"]
    assert Job.objects.get(key="a").result == {"noted": "a"}


@pytest.mark.parametrize(
    ("kind", "state", "reason"),
    [
        ("refuse", JobState.FAILED, "こういうものはできません。"),
        ("delay", JobState.WAITING, "今はできません。"),
        ("stumble", JobState.WAITING, "KeyError('a')"),
    ],
)
def test_what_does_not_succeed_writes_nothing_but_its_reason(queue_up, kind, state, reason):
    job = queue_up("a", kind)
    Worker().run_once()

    job.refresh_from_db()
    assert (job.state, job.attempts, job.last_error) == (state, 1, reason)
    assert noted() == []


def test_what_stumbles_to_the_end_of_its_attempts_is_a_persons(queue_up):
    job = queue_up("a", "stumble")
    for _ in range(2):
        Job.objects.update(due_at=job.created_at)
        Worker().run_once()

    assert list(Job.objects.needing_a_person()) == [job]


def test_what_left_the_house_stays_out_and_no_word_of_it_is_unclear(queue_up):
    queue_up("a", "letter", payload={"silent": True})
    Worker().run_once()

    assert (states(), noted()) == ([JobState.UNCLEAR], ["a 1"])


@pytest.mark.django_db(transaction=True)
def test_a_job_that_was_cancelled_under_the_workers_hands_leaves_nothing(job):
    worker = Worker()
    do = worker.kinds["note"].handler
    worker.kinds["note"].handler = lambda job: (do(job), in_another_process(queue.cancel, job))
    worker.run_once()

    assert (states(), noted()) == ([JobState.CANCELLED], [])


def in_another_process(do, job):
    """A thread has a connection of its own, which is what matters."""

    def done():
        do(job)
        connection.close()

    other = Thread(target=done)
    other.start()
    other.join()


def test_work_that_is_interrupted_is_rolled_back_and_laid_down_untried(job):
    worker = Worker()
    do = worker.kinds["note"].handler

    def interrupted(job):
        do(job)
        worker.stopping = True
        worker.interrupt()

    worker.kinds["note"].handler = interrupted
    worker.run_once()

    job.refresh_from_db()
    assert (job.state, job.attempts, noted()) == (JobState.WAITING, 0, [])


def test_a_worker_holds_what_its_jobs_need_until_none_is_due(queue_up, monkeypatch):
    queue_up("a"), queue_up("b")
    worker, heard = Worker(), []
    monkeypatch.setattr(worker, "close", lambda: heard.append(("close", states())))

    def rings(is_over):
        heard.append("wait")
        worker.stopping = True
        assert is_over()

    monkeypatch.setattr(worker.bell, "wait", rings)
    worker.run()
    done = [JobState.DONE] * 2
    assert heard == [("close", done), "wait", ("close", done)]


def test_a_worker_pauses_so_long_unless_it_is_told_to_stop():
    worker, begun = Worker(), time.monotonic()
    worker.pause(0.2)
    assert time.monotonic() - begun >= 0.2
    worker.stopping = True
    worker.pause(600)
    assert time.monotonic() - begun < 60


def test_a_kind_that_does_not_say_how_it_is_done_is_a_mistake(job):
    with pytest.raises(NotImplementedError):
        Kind().handle(job)


def test_what_left_the_house_is_not_interrupted():
    worker = Worker()
    worker.interrupt()
    worker.interruptible = True
    with pytest.raises(Interrupted):
        worker.interrupt()


def test_an_absent_need_costs_no_job_an_attempt_and_holds_up_no_other_kind(job, queue_up):
    queue_up("b", "letter")
    worker = Worker({"note": Closed(), "letter": Letter()})
    with pytest.raises(NotNow, match="connection refused"):
        worker.run_once()

    job.refresh_from_db()
    assert (job.attempts, states()) == (0, [JobState.WAITING, JobState.DONE])


def test_an_absent_need_is_called_less_and_less_often(job):
    worker = Worker({"note": Closed()})
    for tries, at_least in enumerate([0.9, 1.9, 3.9, 7.9], 1):
        worker.resting = {name: type(rest)(rest.tries, 0, rest.reason) for name, rest in worker.resting.items()}
        worker.step()
        assert worker.resting["note"].tries == tries
        assert worker.resting["note"].until - time.monotonic() > at_least


def test_a_database_that_goes_away_after_the_work_is_told_when_it_is_back(queue_up, no_pauses, monkeypatch):
    queue_up("a", "letter")
    away = iter([OperationalError("server closed the connection"), OperationalError("connection refused"), None])

    def done(job, reason):
        if error := next(away):
            raise error
        return queue.done(job)

    # Django's tests hold the one connection; a worker would close it.
    monkeypatch.setattr("foundation.jobs.worker.connection.close", lambda: None)
    worker = Worker()
    worker.settle(done, queue.take("letter", Kind.lease), "")

    assert states() == [JobState.DONE]
    assert no_pauses == [1, 2]


def test_a_crash_of_the_server_is_waited_out_by_whatever_name(no_pauses, monkeypatch, db):
    """Over a unix socket psycopg2 calls it a plain DatabaseError."""
    monkeypatch.setattr("foundation.jobs.worker.connection.close", lambda: None)
    with Worker().patience():
        raise DatabaseError("server closed the connection unexpectedly") from psycopg2.DatabaseError()

    assert no_pauses == [1]


@pytest.mark.django_db(transaction=True)
def test_a_mistake_of_ours_is_not_waited_out():
    with pytest.raises(DatabaseError), Worker().patience(), connection.cursor() as cursor:
        cursor.execute("SELECT nothing")


# The command


def test_the_command_does_what_is_due_and_says_it(job, capsys):
    call_command("worker", "--once")
    assert "完了 1、再試行待ち 0、失敗 0、結果不明 0" in capsys.readouterr().out


def test_the_command_gives_a_job_as_long_as_it_is_told(job, monkeypatch):
    taken = []
    monkeypatch.setattr(queue, "take", lambda _kind, lease: taken.append(lease))
    call_command("worker", "--once", "--lease", "7")
    assert taken == [timedelta(seconds=7)]


def test_the_command_says_what_cannot_be_done_now(settings, queue_up):
    settings.JOB_KINDS = [f"{__name__}.Closed"]
    queue_up()
    with pytest.raises(CommandError, match="今はできない処理があります（connection refused）"):
        call_command("worker", "--once")


def test_who_is_to_stop_does_not_sleep(monkeypatch):
    worker = Worker()
    worker.stopping = True
    monkeypatch.setattr("time.sleep", lambda _seconds: pytest.fail("slept"))
    worker.pause(60)
