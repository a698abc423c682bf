"""Workers are killed with a job in hand: each email arrives once, or a person is asked; other work is done once.

A kill hits something only where the worker has begun to work and the queue is not empty, so the killer waits for
both, and the drill fails if it never struck a job.
"""

import contextlib
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path

from django.db import transaction
from django.db.models.functions import Now

from foundation.audit.models import Event
from foundation.jobs.models import Job, JobQuerySet
from foundation.jobs.queue import enqueue as enqueue_job
from foundation.jobs.states import JobState
from foundation.mail.jobs import NAME
from foundation.mail.message import message_id
from foundation.mail.models import Email
from foundation.mail.outbox import enqueue
from tools.drills import Failed
from tools.drills.database import start
from tools.drills.sink import running_sink
from tools.drills.work import NOTE

WORKERS = 4
# Seconds: of killing, of a job's lease, until all must be at rest, and in hand.
KILLING, LEASE, TO_SETTLE, IN_HAND = 10, 1, 30, 0.03
FRESH = timedelta(seconds=LEASE * 0.8)
Counts = dict[str, int]


def drill() -> Iterator[tuple[str, Counts]]:
    yield "emails to a folder", to_a_folder()
    yield "emails to a mail server", to_a_mail_server()
    yield "work in one transaction", in_one_transaction()


def to_a_folder() -> Counts:
    with tempfile.TemporaryDirectory() as place:
        killed = kill_over(NAME, write_email, {"DXBUKAI_MAIL_DELIVERY": "folder", "DXBUKAI_VAR": place})
        arrived = [file.read_bytes() for file in Path(place, "mail").glob("*.eml")]
    return judge_emails(killed, arrived, may_be_unclear=False)


def to_a_mail_server() -> Counts:
    with running_sink() as sink:
        sink.thinks = IN_HAND
        environment = {"DXBUKAI_SMTP_HOST": "127.0.0.1", "DXBUKAI_SMTP_PORT": str(sink.port)}
        killed = kill_over(NAME, write_email, {"DXBUKAI_MAIL_DELIVERY": "smtp", **environment})
        arrived = list(sink.received)
    return judge_emails(killed, arrived, may_be_unclear=True)


def in_one_transaction() -> Counts:
    killed = kill_over(NOTE, write_note, {})
    noted = Counter(Event.objects.filter(action=NOTE).values_list("target_id", flat=True))
    jobs = of(NOTE)
    counts = {
        "jobs": jobs.count(),
        "workers killed": killed,
        "with a job in hand": hits(NOTE),
        "done": jobs.filter(state=JobState.DONE).count(),
        "lost": sum(not noted[job.pk] for job in jobs.filter(state=JobState.DONE)),
        "doubled": sum(number > 1 for number in noted.values()),
    }
    return judge(counts, settled=counts["done"])


def judge_emails(killed: int, arrived: list[bytes], *, may_be_unclear: bool) -> Counts:
    times = Counter(message_from_bytes(one)["Message-ID"] for one in arrived)
    sent = Email.objects.filter(job__state=JobState.DONE).select_related("job")
    counts = {
        "jobs": of(NAME).count(),
        "workers killed": killed,
        "with a job in hand": hits(NAME),
        "done": sent.count(),
        "left to a person": of(NAME).filter(state=JobState.UNCLEAR).count(),
        "lost": sum(not times[message_id(email)] for email in sent),
        "doubled": sum(number > 1 for number in times.values()),
    }
    return judge(counts, settled=counts["done"] + (counts["left to a person"] if may_be_unclear else 0))


def judge(counts: Counts, *, settled: int) -> Counts:
    if counts["lost"] or counts["doubled"] or settled != counts["jobs"] or not counts["with a job in hand"]:
        raise Failed(str(counts))
    return counts


def of(kind: str) -> JobQuerySet:
    return Job.objects.filter(kind=kind)


def hits(kind: str) -> int:
    """What was in a worker's hand when it was killed was taken again, or is unclear."""
    taken_again = of(kind).filter(attempts__gt=1)
    return (taken_again | of(kind).filter(state=JobState.UNCLEAR)).count()


# Killing


def kill_over(kind: str, write: Callable[[int], object], environment: dict[str, str]) -> int:
    """Kill workers in the middle of jobs of this kind; return how many were killed."""
    Email.objects.all().delete()
    Job.objects.all().delete()
    with contextlib.ExitStack() as end:
        workers = [start_worker(environment) for _ in range(WORKERS)]
        end.callback(lambda: kill(workers))
        killed, until, struck = 0, time.monotonic() + KILLING, set[int]()
        while time.monotonic() < until:
            keep_waiting(kind, 40, write)
            found = in_hand(kind)
            if len(found - struck) == WORKERS:
                # One goes on, so that the dead ones' jobs are met by a worker that lives and by new ones.
                kill(workers[1:])
                killed, struck = killed + WORKERS - 1, struck | found
                workers[1:] = [start_worker(environment) for _ in workers[1:]]
        wait_until_settled(kind)
    return killed


def in_hand(kind: str) -> set[int]:
    """What was taken a moment ago."""
    fresh = of(kind).filter(state=JobState.RUNNING, lease_until__gt=Now() + FRESH)
    return set(fresh.values_list("pk", flat=True))


def start_worker(environment: dict[str, str]) -> subprocess.Popen[str]:
    environment = {"DJANGO_SETTINGS_MODULE": "tools.drills.settings", **environment}
    return start("worker", "--lease", str(LEASE), environment=environment, stderr=subprocess.DEVNULL)


def kill(workers: list[subprocess.Popen[str]]) -> None:
    for worker in workers:
        worker.kill()
    for worker in workers:
        worker.wait()


def keep_waiting(kind: str, number: int, write: Callable[[int], object]) -> None:
    """There is always something to take."""
    written = of(kind).count()
    if of(kind).filter(state=JobState.WAITING).count() < number:
        with transaction.atomic():
            for n in range(written, written + number):
                write(n)


def write_email(n: int) -> None:
    enqueue(to_address=f"person{n}@example.jp", subject=f"{n}", body=f"{n}\n", dedupe_key=f"drill-{n}")


def write_note(n: int) -> None:
    enqueue_job(kind=NOTE, key=str(n), payload={"seconds": IN_HAND})


def wait_until_settled(kind: str) -> None:
    until = time.monotonic() + TO_SETTLE
    open_ones = of(kind).filter(state__in=[JobState.WAITING, JobState.RUNNING])
    while open_ones.exists():
        if time.monotonic() > until:
            raise Failed(f"{open_ones.count()} jobs were never settled")
        time.sleep(0.1)
