"""The notes: one small file each, never written over, in the storage where uploads lie.

ledger/2026/11/28T091500.123456-<key>.json    {"kind", "pk", "values", "noted", "written"}
ledger/backups/<id>                           this storage has kept every note since that backup
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.db.models import Model

from foundation.db import clock
from foundation.jobs.models import Job
from foundation.jobs.queue import enqueue
from foundation.jobs.registry import kind

FOLDER, BACKUPS = "ledger", "ledger/backups"
NAME = "ledger.write"
# The process that did it writes first; a worker writes what it could not.
LATER = timedelta(minutes=1)


@dataclass(frozen=True)
class Note:
    """`noted` orders the notes about one row; `written` is after the commit, by the database's clock."""

    kind: str
    pk: int
    values: dict[str, Any]
    noted: datetime
    written: datetime

    @property
    def about(self) -> tuple[str, int | str]:
        """Which row: by its number, or by a key of its own, where another row may get the number."""
        return self.kind, self.values.get("key", self.pk)


def note(kind: str, row: Model, **values: Any) -> None:
    """From now on this is so, whatever an older backup says. Part of the action's transaction."""
    payload = {"kind": kind, "pk": row.pk, "values": values}
    job = enqueue(kind=NAME, key=uuid4().hex, payload=payload, due_at=clock.now() + LATER)
    # What fails here is logged; the action is done, and says so.
    transaction.on_commit(lambda: keep(job), robust=True)


@kind(NAME)
def write(job: Job) -> None:
    keep(job)


def keep(job: Job) -> None:
    """Once, by whoever comes first."""
    name = f"{FOLDER}/{job.created_at:%Y/%m/%dT%H%M%S.%f}-{job.key}.json"
    if default_storage.exists(name):
        return
    times = {"noted": job.created_at, "written": database_time()}
    text = json.dumps({**job.payload, **times}, ensure_ascii=False, cls=DjangoJSONEncoder)
    default_storage.save(name, ContentFile(text.encode()))


def notes() -> Iterator[Note]:
    """All that are kept, in no order."""
    for year in default_storage.listdir(FOLDER)[0]:
        if f"{FOLDER}/{year}" == BACKUPS:
            continue
        for month in default_storage.listdir(f"{FOLDER}/{year}")[0]:
            place = f"{FOLDER}/{year}/{month}"
            yield from (_read(f"{place}/{name}") for name in default_storage.listdir(place)[1])


def mark(backup: str) -> None:
    """From this backup on, nothing that is noted here is missing."""
    default_storage.save(f"{BACKUPS}/{backup}", ContentFile(b""))


def reaches_back_to(backup: str) -> bool:
    return default_storage.exists(f"{BACKUPS}/{backup}")


def database_time() -> datetime:
    """The one clock of all hosts."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


def _read(name: str) -> Note:
    with default_storage.open(name) as file:
        said = json.load(file)
    noted, written = (datetime.fromisoformat(said[when]) for when in ("noted", "written"))
    return Note(said["kind"], said["pk"], said["values"], noted, written)
