"""Only what is committed rings, so these tests commit."""

import pytest
from django.db import connection, transaction

from foundation.jobs import bell, queue
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


# How long one waits


def never(*_):
    raise AssertionError("this was not to be asked")


def test_who_is_to_stop_does_not_listen_any_more(line, monkeypatch):
    monkeypatch.setattr(line, "rings", never)
    line.wait(lambda: True)


def test_who_is_woken_looks_seldom_and_who_is_not_looks_often(line, elsewhere, monkeypatch):
    """Where the time between two looks is none, nothing is waited for."""
    monkeypatch.setattr(bell, "CALM", 0)
    monkeypatch.setattr(line, "rings", never)
    line.wait(lambda: False)
    monkeypatch.setattr(bell, "CALM", 5)
    monkeypatch.setattr(bell, "BEAT", 0)
    monkeypatch.setattr("time.sleep", never)
    Bell().wait(lambda: False)


def test_one_ring_ends_the_wait(line, monkeypatch):
    rung = iter([False, True])
    monkeypatch.setattr(line, "rings", lambda _seconds: next(rung))
    line.wait(lambda: False)
    assert list(rung) == []


def test_a_line_that_is_lost_ends_the_wait(line, monkeypatch):
    def lose(_seconds):
        line.close()
        return False

    monkeypatch.setattr(line, "rings", lose)
    line.wait(lambda: False)
    assert line.line is None


def test_a_line_that_holds_is_not_made_anew(line):
    first, line.reconnect_at = line.line, 0.0
    assert line.listen() is first
