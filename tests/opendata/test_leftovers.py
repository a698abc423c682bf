"""No stored file stays without its row: what broke off and what was replaced goes on the second night."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction

from foundation.actions import Actor
from foundation.files import hashed, sweeping
from foundation.jobs.outcomes import NotNow
from foundation.jobs.queue import enqueue
from foundation.jobs.worker import Worker
from opendata import actions
from opendata.jobs import SWEEP, sweep
from tests.opendata.conftest import CLEAN


@pytest.fixture
def a_night(settings):
    """`a_night(n)`: the worker sweeps; what it says of it."""
    settings.JOB_RULES = []

    def passes(number):
        with transaction.atomic():
            job = enqueue(kind=SWEEP, key=str(number))
        Worker().run_once()
        job.refresh_from_db()
        return job.result

    return passes


@pytest.fixture
def broken_off(kimura, environment_section):
    """The file was stored, and then everything was taken back."""
    given = {"department": environment_section, "standard": "aed", "name": "a.csv", "by": Actor(kimura)}
    with transaction.atomic():
        version = actions.upload(data=b"abc", **given)
        transaction.set_rollback(True)
    return version.original.name


def test_what_broke_off_goes_on_the_second_night(broken_off, a_night):
    assert a_night(1) == {"left": [broken_off], "gone": 0}
    assert default_storage.exists(broken_off)
    assert a_night(2) == {"left": [], "gone": 1}
    assert not default_storage.exists(broken_off)


def test_so_does_a_file_that_another_has_replaced(ready, kimura, a_night):
    before = ready.original.name
    a_night(1)
    actions.replace(
        dataset=ready.dataset, seen=ready.version, name="直した.csv", data=CLEAN.encode(), by=Actor(kimura)
    )
    ready.refresh_from_db()
    assert [a_night(night)["left"] for night in (2, 3)] == [[before], []]
    assert (default_storage.exists(before), default_storage.exists(ready.original.name)) == (False, True)


def test_what_rows_name_stays_whatever_it_is(published, a_night):
    names = {published.original.name, *(file.name for file in published.files.all())}
    assert [a_night(night) for night in (1, 2)] == [{"left": [], "gone": 0}] * 2
    assert all(map(default_storage.exists, names))
    assert len(names) == 5


def test_what_is_uploaded_again_in_between_stays(broken_off, kimura, environment_section, a_night):
    a_night(1)
    given = {"department": environment_section, "standard": "aed", "name": "a.csv", "by": Actor(kimura)}
    actions.upload(data=b"abc", **given)
    a_night(2)
    assert default_storage.exists(broken_off)


@pytest.mark.django_db(transaction=True)
def test_nothing_goes_while_somebody_stores_a_file():
    """Its row is not to be seen yet, and the file may be one that was just about to go."""
    with transaction.atomic():
        hashed.keep("originals", ContentFile(b"abc"))
        other = connection.copy()
        try:
            with other.cursor() as cursor:
                cursor.execute("SELECT pg_try_advisory_lock(%s)", [sweeping.LOCK])
                assert cursor.fetchone() == (False,)
        finally:
            other.close()


@pytest.mark.django_db(transaction=True)
def test_whoever_comes_to_sweep_meanwhile_comes_again():
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock_shared(%s)", [sweeping.LOCK])
        with transaction.atomic(), pytest.raises(NotNow, match="登録が続いています"):
            sweep.handle(enqueue(kind=SWEEP, key="1"))
    finally:
        other.close()


@pytest.mark.django_db(transaction=True)
def test_a_file_outside_a_transaction_is_not_stored():
    with pytest.raises(RuntimeError, match="the transaction that writes the row"):
        hashed.keep("originals", ContentFile(b"abc"))
