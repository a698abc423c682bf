from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models.functions import Now
from django.utils import timezone

from dxbukai import __version__
from foundation.jobs.models import Job
from foundation.jobs.queue import enqueue
from foundation.jobs.states import JobState
from foundation.mail.outbox import enqueue as post

READY = {
    "ready": True,
    "version": __version__,
    "database": "ok",
    "migrations": "ok",
    "jobs_seconds_late": 0,
    "letters_undelivered": 0,
    "files": "ok",
}
UNKNOWN = {"jobs_seconds_late": None, "letters_undelivered": None}


def said(answer):
    """Without the free space, which is whatever it is, and never nothing here."""
    found = answer.json()
    assert found.pop("disk_free_mb") > 0
    return found


# ASVS V13.4.5
def test_the_process_is_there_whatever_the_database_does(client, database_away):
    with database_away():
        alive, answer = client.get("/healthz"), client.get("/readyz")

    assert alive.content == b"ok"
    assert answer.status_code == 503
    assert said(answer) == READY | UNKNOWN | {"ready": False, "database": "away", "migrations": None}


# ASVS V13.4.5
def test_with_database_and_migrations_it_is_ready(client, django_assert_num_queries):
    with django_assert_num_queries(4):
        answer = client.get("/readyz")

    assert (answer.status_code, said(answer)) == (200, READY)
    assert "no-store" in answer["Cache-Control"]


def test_a_missing_migration_is_not_ready(client):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'mail' AND name = '0002_frozen_text'")
    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert said(answer) == READY | UNKNOWN | {"ready": False, "migrations": "missing"}


def test_before_the_first_upload_it_tells_of_the_disk_too(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "not" / "yet"
    assert said(client.get("/readyz")) == READY


@pytest.mark.parametrize(("due", "late"), [(timedelta(minutes=-5), 300), (timedelta(minutes=5), 0)])
def test_the_oldest_job_due_tells_of_a_worker_that_is_gone(client, due, late):
    with transaction.atomic():
        enqueue(kind="x", key="x", due_at=timezone.now() + due)

    assert said(client.get("/readyz")) == READY | {"jobs_seconds_late": late}


def test_letters_that_wait_for_a_person_are_counted_and_login_codes_are_not(client):
    with transaction.atomic():
        for number, sensitive in enumerate([False, False, True]):
            fields = {"to_address": "sato@example.jp", "subject": "開催", "body": "第2回"}
            post(dedupe_key=f"email-{number}", sensitive=sensitive, **fields)
    Job.objects.exclude(key="email-0").update(state=JobState.FAILED, finished_at=Now())

    assert said(client.get("/readyz")) == READY | {"letters_undelivered": 1}
