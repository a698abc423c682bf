"""The guards of the product, each taken out by force, to see whether the drill that stands for it notices.

The product knows nothing of this: the drills' settings do it in each of their processes (apps.py).
"""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from tools.drills.hand import IN_HAND

# Seconds between two steps that belong together, so that a few kills suffice to fall between them.
LONG_ENOUGH = 3 * IN_HAND


def noted_before_sent() -> None:
    from foundation.jobs import queue
    from foundation.jobs.models import Job
    from foundation.mail.jobs import EmailKind

    send = EmailKind.handle

    def handle(self: EmailKind, job: Job) -> None:
        queue.done(job)
        send(self, job)

    EmailKind.handle = handle  # type: ignore[method-assign]


def abandoned_emails_sent_again() -> None:
    from foundation.jobs.models import Job
    from foundation.mail.jobs import EmailKind

    send = EmailKind.handle

    def handle(self: EmailKind, job: Job) -> None:
        send(self, job)
        time.sleep(LONG_ENOUGH)

    EmailKind.handle = handle  # type: ignore[method-assign]
    EmailKind.repeatable = True  # type: ignore[assignment, method-assign]


def work_and_its_end_in_two_transactions() -> None:
    from foundation.jobs import queue
    from foundation.jobs.models import Job
    from foundation.jobs.outcomes import Lost
    from foundation.jobs.registry import Kind
    from foundation.jobs.worker import Worker

    def in_two(self: Worker, kind: Kind, job: Job) -> None:
        with transaction.atomic():
            kind.handle(job)
        # Most of the job's life, so that a kill at any moment of it is one between the two.
        time.sleep(5 * LONG_ENOUGH)
        if not queue.done(job):
            raise Lost

    Worker.in_one_transaction = in_two  # type: ignore[method-assign]


def acknowledged_before_stored() -> None:
    from meetings.views import answering

    store = answering._send  # noqa: SLF001

    def send(visit: Any, form: Any) -> Any:
        threading.Thread(target=later, args=[visit, form]).start()

    def later(visit: Any, form: Any) -> None:
        time.sleep(3 * LONG_ENOUGH)
        store(visit, form)
        connection.close()

    answering._send = send  # noqa: SLF001


def same_page_stored_again() -> None:
    """Nobody recognizes an answer that is stored already, or that was received once before."""
    from meetings.actions import replies

    replies.content_of = lambda *_: None
    replies._refuse_if_stale = lambda *_: None  # noqa: SLF001


def no_lock() -> None:
    from meetings.actions import replies
    from meetings.models import Survey

    def look(survey: Survey, membership: Any) -> Survey:
        return Survey.objects.for_person(membership).select_related("meeting__group").get(pk=survey.pk)

    replies.lock = look


def clock_read_before_the_lock() -> None:
    from meetings.actions import replies
    from meetings.models import Survey
    from members.models import Membership

    def look_then_lock(survey: Survey, membership: Any) -> Survey:
        survey = Survey.objects.for_person(membership).select_related("meeting__group").get(pk=survey.pk)
        Membership.objects.select_for_update(of=["self"], no_key=True).get(pk=membership.pk)
        return survey

    replies.lock = look_then_lock


def no_snapshot() -> None:
    execute = CursorWrapper.execute

    def leave_out(self: CursorWrapper, sql: Any, params: Any = None) -> Any:
        if not str(sql).startswith("SET TRANSACTION ISOLATION LEVEL"):
            return execute(self, sql, params)
        return None

    CursorWrapper.execute = leave_out  # type: ignore[method-assign]


def each_table_for_itself() -> None:
    """The tables' references would fail on the way: the embedded server's role may switch them off."""
    from dxbukai.management.commands import restore
    from foundation.db import backup

    @contextmanager
    def nothing() -> Iterator[None]:
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
        yield

    class NoTransaction:
        atomic = staticmethod(nothing)

    for module in (backup, restore):
        module.transaction = NoTransaction  # type: ignore[attr-defined]


def notes_not_read() -> None:
    from foundation.ledger import restoring

    restoring.last_notes = lambda _since: []  # type: ignore[assignment]


def emails_not_held() -> None:
    from foundation.mail import outbox

    outbox.hold_all = lambda: 0


def files_read_in_the_server() -> None:
    import io
    import json
    import tempfile
    from collections.abc import Iterable
    from typing import IO

    from foundation import apart
    from tablecheck.apart import KINDS
    from tablecheck.vocabulary import Unreadable

    def here(_module: str, arguments: Iterable[str], given: IO[bytes], *_more: Any) -> IO[bytes]:
        given.seek(0)
        asked, data = json.loads(given.readline()), given.read()
        answer = tempfile.TemporaryFile()  # noqa: SIM115
        (kind,) = arguments
        try:
            for line in KINDS[kind](data, asked, io.StringIO()):
                answer.write(json.dumps(line).encode() + b"\n")
        except Unreadable as refusal:
            answer.write(json.dumps({"code": refusal.code, "message": refusal.message}).encode())
        answer.seek(0)
        return answer

    apart.run = here  # type: ignore[assignment]


def names_that_others_have_too() -> None:
    """A file is kept under a part of its hash; the next one of that name takes its place."""
    from django.core.files.base import ContentFile
    from django.core.files.storage import default_storage

    from opendata.table import originals

    def keep(data: bytes) -> str:
        name = f"{originals.FOLDER}/{originals.digest(data)[0]}"
        default_storage.delete(name)
        return str(default_storage.save(name, ContentFile(data)))

    originals.keep = keep


def children_without_a_lifeline() -> None:
    from dxbukai.demo.supervisor import Supervisor

    def start(self: Supervisor, name: str) -> None:
        self.children[name] = subprocess.Popen([sys.executable, *self.commands[name]], start_new_session=True)

    Supervisor._start = start  # type: ignore[method-assign]  # noqa: SLF001


def no_caretaker() -> None:
    from foundation.db.embedded import Server

    def hire_nobody(self: Server) -> None:
        return

    Server._hire_caretaker = hire_nobody  # type: ignore[method-assign]  # noqa: SLF001


def whole_files_in_memory() -> None:
    from foundation.files.storage import Part, WholeFiles

    part = WholeFiles.part

    def whole(self: WholeFiles, name: str, start: int, length: int) -> Part:
        return Part(lambda: BytesIO(part(self, name, start, length).read()), length)

    WholeFiles.part = whole  # type: ignore[method-assign]


def whole_objects_in_memory() -> None:
    from foundation.files.bucket import WholeObjects
    from foundation.files.storage import Part

    part = WholeObjects.part

    def whole(self: WholeObjects, name: str, start: int, length: int) -> Part:
        return Part(lambda: BytesIO(part(self, name, start, length).read()), length)

    WholeObjects.part = whole  # type: ignore[method-assign]


def all_rows_in_memory() -> None:
    from opendata.table import rows

    one_by_one = rows.one_by_one
    rows.one_by_one = lambda version: iter(list(one_by_one(version)))


def files_on_each_hosts_own_disk() -> None:
    from django.core.files.storage import default_storage

    from foundation.files.storage import WholeFiles

    default_storage._wrapped = WholeFiles()  # type: ignore[attr-defined]  # noqa: SLF001


def cursors_kept_by_the_server() -> None:
    from django.conf import settings

    settings.DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = False


def nobody_waits_for_the_database() -> None:
    from foundation.jobs.worker import Worker

    @contextmanager
    def at_once(_self: Worker) -> Iterator[None]:
        yield

    Worker.patience = at_once  # type: ignore[method-assign,assignment]


GUARDS_OUT = {
    function.__name__.replace("_", " ").replace("hosts own", "host's own"): function
    for function in (
        noted_before_sent,
        abandoned_emails_sent_again,
        work_and_its_end_in_two_transactions,
        acknowledged_before_stored,
        same_page_stored_again,
        no_lock,
        clock_read_before_the_lock,
        no_snapshot,
        each_table_for_itself,
        notes_not_read,
        files_read_in_the_server,
        names_that_others_have_too,
        emails_not_held,
        children_without_a_lifeline,
        no_caretaker,
        whole_files_in_memory,
        whole_objects_in_memory,
        all_rows_in_memory,
        files_on_each_hosts_own_disk,
        cursors_kept_by_the_server,
        nobody_waits_for_the_database,
    )
}
