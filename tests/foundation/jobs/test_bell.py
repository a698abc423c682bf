"""Only what is committed rings, so these tests commit."""

import pytest
from django.db import connection, transaction

from foundation.jobs import queue
from foundation.jobs.bell import Bell
from foundation.jobs.queue import enqueue
from tools.drills.database import url_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def line():
    found = Bell()
    found.listen()
    yield found
    found.close()


def test_it_rings_when_a_job_is_committed_and_not_before(line):
    with transaction.atomic():
        enqueue(kind="note", key="a")
        assert not line.rings(0)
    assert line.rings(5)
    assert not line.rings(0)


def test_it_rings_for_what_a_person_wants_done_again(line, queue_up):
    job = queue_up()
    assert line.rings(5)
    queue.again(job)
    assert line.rings(5)


@pytest.fixture
def elsewhere(settings, monkeypatch):
    """As with DATABASE_URL: nobody knows what stands before the database."""
    options = {name: value for name, value in connection.settings_dict["OPTIONS"].items() if name != "data_dir"}
    return lambda: monkeypatch.setitem(connection.settings_dict, "OPTIONS", options)


def test_behind_a_pool_nobody_listens(elsewhere):
    elsewhere()
    assert Bell().listen() is None


def test_past_the_pool_it_listens(elsewhere, settings):
    settings.DATABASE_DIRECT_URL = url_of(connection)
    elsewhere()
    found = Bell()
    assert found.listen() is not None
    found.close()


def test_a_line_that_is_cut_is_given_up_and_made_anew_after_a_while(line, queue_up, monkeypatch):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [line.line.info.backend_pid])
    while line.line is not None:
        assert not line.rings(5)
    assert line.listen() is None

    monkeypatch.setattr(line, "reconnect_at", 0)
    line.listen()
    queue_up()
    assert line.rings(5)


def test_an_absent_database_is_no_end_of_the_worker(settings, caplog):
    settings.DATABASE_DIRECT_URL = "postgres://nobody@127.0.0.1:1/nothing"
    assert Bell().listen() is None
    assert "no bell" in caplog.text


def test_a_worker_that_is_told_to_stop_does_not_wait_for_it(line):
    line.wait(lambda: True)
