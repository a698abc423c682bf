"""The worker as a process of its own: only a real one can be killed. Starting it takes most of a second."""

import os
import signal
import subprocess
import time
from contextlib import contextmanager, suppress
from datetime import timedelta

import pytest
from django.db import connection, transaction

from foundation.jobs import queue
from foundation.jobs.models import Job
from foundation.jobs.states import JobState
from foundation.mail.jobs import NAME
from foundation.mail.models import Email
from tools.drills.database import start, url_of

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def running_worker(*arguments, **environment):
    pipe = subprocess.PIPE
    worker = start("worker", *arguments, environment=environment, stdout=pipe, stderr=pipe, text=True)
    try:
        yield worker
    finally:
        worker.kill()
        worker.communicate()


def wait_until(true, seconds=10):
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until
        time.sleep(0.02)


def in_state(state):
    return lambda: Email.objects.filter(job__state=state).exists()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_that_is_told_to_stop_has_stopped_within_two_seconds(post, tmp_path, number):
    with running_worker(DXBUKAI_MAIL_DELIVERY="folder", DXBUKAI_VAR=str(tmp_path)) as worker:
        post()
        wait_until(in_state(JobState.DONE))
        worker.send_signal(number)
        assert worker.wait(timeout=2) == 0

    assert len(list((tmp_path / "mail").iterdir())) == 1


def test_a_worker_killed_in_the_middle_of_an_email_leaves_it_to_a_person(post, sink):
    """The sink takes the text and is silent: this is the moment in which nobody can know."""
    sink.is_silent = True
    environment = {"DXBUKAI_MAIL_DELIVERY": "smtp", "DXBUKAI_SMTP_PORT": str(sink.port)}
    with running_worker("--lease", "0.2", **environment, DXBUKAI_SMTP_HOST="127.0.0.1") as worker:
        post()
        wait_until(lambda: sink.received)
        worker.kill()
    sink.is_silent = False
    with running_worker(**environment, DXBUKAI_SMTP_HOST="127.0.0.1"):
        wait_until(in_state(JobState.UNCLEAR))

    assert len(sink.received) == 1


def test_two_workers_never_take_the_same_email(post, tmp_path):
    """The first holds its row locked, as in the middle of taking it; the second steps over it (and does what the
    clock asks for each night).
    """
    first, second = post(1), post(2)
    with transaction.atomic():
        assert queue.take(NAME, timedelta(minutes=1)) == first.job
        with running_worker("--once", DXBUKAI_MAIL_DELIVERY="folder", DXBUKAI_VAR=str(tmp_path)) as worker:
            assert worker.communicate(timeout=10)[0] == "完了 5、再試行待ち 0、失敗 0、結果不明 0\n"

    assert [Job.objects.get(pk=email.job_id).state for email in (first, second)] == [
        JobState.RUNNING,
        JobState.DONE,
    ]


def test_a_worker_goes_on_when_the_database_is_back(post, tmp_path):
    with running_worker(DXBUKAI_MAIL_DELIVERY="folder", DXBUKAI_VAR=str(tmp_path)) as worker:
        # Cut between two questions it would connect anew without a word.
        assert heard(worker, "waiting: ", meanwhile=cut_other_connections)
        post()
        wait_until(in_state(JobState.DONE))


def test_a_worker_that_is_called_begins_at_once(post, tmp_path):
    """It would look by itself after five seconds."""
    environment = {"DXBUKAI_MAIL_DELIVERY": "folder", "DXBUKAI_VAR": str(tmp_path)}
    with running_worker(DATABASE_DIRECT_URL=url_of(connection), **environment):
        wait_until(lambda: listeners() == 1)
        post(1)
        wait_until(in_state(JobState.DONE))
        post(2)
        wait_until(lambda: not Job.objects.due().exists(), seconds=3)


def test_a_worker_whose_bell_is_cut_looks_by_itself(post, tmp_path):
    environment = {"DXBUKAI_MAIL_DELIVERY": "folder", "DXBUKAI_VAR": str(tmp_path)}
    with running_worker(DATABASE_DIRECT_URL=url_of(connection), **environment) as worker:
        wait_until(lambda: listeners() == 1)
        cut_other_connections()
        assert heard(worker, "bell is gone: ")
        post()
        wait_until(in_state(JobState.DONE))


def test_a_worker_that_waits_for_an_absent_database_can_be_stopped(tmp_path):
    nowhere = "postgres://nobody@127.0.0.1:1/nothing"
    with running_worker(DXBUKAI_MAIL_DELIVERY="folder", DXBUKAI_VAR=str(tmp_path), DATABASE_URL=nowhere) as worker:
        assert "connection to server" in heard(worker, "waiting: ")
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(timeout=2) == 0


def listeners() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'"
        )
        return cursor.fetchone()[0]


def cut_other_connections() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return cursor.fetchone()[0]


def heard(worker, words, meanwhile=lambda: None) -> str:
    """What the worker wrote until it said these words; waits for no line that never comes."""
    pipe = worker.stderr.fileno()
    os.set_blocking(pipe, False)
    said = []

    def has_said():
        meanwhile()
        with suppress(BlockingIOError):
            said.append(os.read(pipe, 1 << 16).decode(errors="replace"))
        return words in "".join(said)

    wait_until(has_said)
    return "".join(said)
