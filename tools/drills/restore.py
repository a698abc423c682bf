"""A backup is taken while people work; what comes back is one moment, to the byte, and opens no door again."""

import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection, transaction
from django.test import override_settings

from foundation.actions import SYSTEM, record
from foundation.audit.models import Event
from foundation.db.backup import Manifest, backup, restore
from foundation.jobs.models import Job
from foundation.mail.jobs import NAME
from foundation.mail.models import Email
from foundation.mail.outbox import enqueue
from tools.drills import Counts, doors, judge
from tools.drills.database import start

WRITERS = 3
FILES = 20
MANY = 20_000
TIMES_KILLED = 4
FACTS = ("tables", "files")


def while_people_work() -> Counts:
    with tempfile.TemporaryDirectory() as place:
        return back_to_one_moment(Path(place))


def cut_off_in_the_middle() -> Counts:
    with tempfile.TemporaryDirectory() as place:
        return all_or_nothing(Path(place))


def back_to_one_moment(place: Path) -> Counts:
    with override_settings(MEDIA_ROOT=place / "files"):
        for number in range(FILES):
            default_storage.save(f"originals/{number}", ContentFile(bytes([number]) * 100_000))
        with busy_writers():
            saved = backup(place / "saved")
        written = Email.objects.count()
        call_command("flush", interactive=False, verbosity=0)
    torn = torn_actions(saved)
    with override_settings(MEDIA_ROOT=place / "elsewhere"):
        restore(place / "saved")
        again = backup(place / "again")
    counts = {
        "emails in the backup": Email.objects.count(),
        "written meanwhile": written - Email.objects.count(),
        "torn actions": torn,
        "files": len(again["files"]),
        "different": sum(saved[kind][name] != again[kind].get(name) for kind in FACTS for name in saved[kind]),
    }
    busy = counts["emails in the backup"] > 0 and counts["written meanwhile"] > 0
    wrong = counts["different"] or counts["files"] != FILES
    return judge(counts, all_right=busy and not wrong)


def torn_actions(saved: Manifest) -> int:
    """Each is a job, its email and an event. Torn ones fail here, for their rows might fit no database."""
    rows = [saved["tables"][model._meta.db_table]["rows"] for model in (Job, Email, Event)]
    torn = max(rows) - min(rows)
    judge({"emails in the backup": rows[1], "torn actions": torn}, all_right=not torn)
    return torn


def all_or_nothing(place: Path) -> Counts:
    """A restore that is killed has restored nothing, and the next one everything."""
    jobs = Job.objects.bulk_create(Job(kind=NAME, key=f"many-{number}") for number in range(MANY))
    Email.objects.bulk_create(
        Email(job=job, to_address="a@example.jp", subject="多数", body="本文\n" * 50) for job in jobs
    )
    with override_settings(MEDIA_ROOT=place / "files"):
        saved = backup(place / "saved")
        there = Email.objects.count()
        left = 0
        for _ in range(TIMES_KILLED):
            call_command("flush", interactive=False, verbosity=0)
            kill_while_copying(place)
            left += Email.objects.count() + Job.objects.count()
        restore(place / "saved")
    counts = {"killed while copying": TIMES_KILLED, "rows left by them": left, "emails": Email.objects.count()}
    whole = counts["emails"] == there == saved["tables"][Email._meta.db_table]["rows"] >= MANY
    return judge(counts, all_right=not left and whole)


def kill_while_copying(place: Path) -> None:
    process = start("restore", str(place / "saved"), environment={"DXBUKAI_VAR": str(place / "var")})
    try:
        while not is_copying():
            if process.poll() is not None:
                raise RuntimeError("a restore ended before it could be killed")
    finally:
        process.kill()
        process.wait()


def is_copying() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE %s",
            [f'COPY "{Email._meta.db_table}"%'],
        )
        return bool(cursor.fetchone()[0])


@contextmanager
def busy_writers() -> Iterator[None]:
    """Each action is two rows in one transaction."""
    enough = threading.Event()
    begun = [threading.Event() for _ in range(WRITERS)]

    def write(writer: int) -> None:
        try:
            write_until_enough(writer)
        finally:
            connection.close()

    def write_until_enough(writer: int) -> None:
        number = 0
        while not enough.is_set():
            with transaction.atomic():
                key = f"{writer}-{number}"
                email = enqueue(to_address="a@example.jp", subject=key, body="本文\n" * 20, dedupe_key=key)
                assert email
                record(by=SYSTEM, action="drill.write", target=email)
            number += 1
            if number == 50:
                begun[writer].set()

    threads = [threading.Thread(target=write, args=[writer]) for writer in range(WRITERS)]
    for thread in threads:
        thread.start()
    try:
        if not all(event.wait(timeout=30) for event in begun):
            raise RuntimeError("a writer did not begin")
        yield
    finally:
        enough.set()
        for thread in threads:
            thread.join()


STEPS = {
    "while people work": while_people_work,
    "cut off in the middle": cut_off_in_the_middle,
    "doors": doors.stay_shut,
}
