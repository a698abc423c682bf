"""Workers are killed with a job in hand: an email arrives once, or a person is asked; other work is done once."""

import contextlib
import math
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from email import message_from_bytes
from pathlib import Path

from django.db import transaction

from foundation.audit.models import Event
from foundation.jobs.models import Job, JobQuerySet
from foundation.jobs.queue import enqueue as enqueue_job
from foundation.jobs.states import JobState
from foundation.mail.jobs import NAME
from foundation.mail.message import message_id
from foundation.mail.models import Email
from foundation.mail.outbox import enqueue
from tools.drills import KILLS, Counts, Failed, judge
from tools.drills.database import start
from tools.drills.hand import IN_HAND, Hands
from tools.drills.sink import running_sink
from tools.drills.work import NOTE

WORKERS = 4
# Seconds: of a job's lease, until all must be at rest, and from one kill to the next at most.
LEASE, TO_SETTLE, PATIENCE = 1, 60, 30
# Jobs that wait: there is always something to take.
WAITING = 100


def to_a_folder() -> Counts:
    with tempfile.TemporaryDirectory() as place:
        hands = kill_over(NAME, write_email, {"DXBUKAI_MAIL_DELIVERY": "folder", "DXBUKAI_VAR": place})
        arrived = [file.read_bytes() for file in Path(place, "mail").glob("*.eml")]
    return judge_emails(hands, arrived, may_be_unclear=False)


def to_a_mail_server() -> Counts:
    with running_sink() as sink:
        environment = {"DXBUKAI_SMTP_HOST": "127.0.0.1", "DXBUKAI_SMTP_PORT": str(sink.port)}
        hands = kill_over(NAME, write_email, {"DXBUKAI_MAIL_DELIVERY": "smtp", **environment})
        arrived = list(sink.received)
    return judge_emails(hands, arrived, may_be_unclear=True)


def in_one_transaction() -> Counts:
    hands = kill_over(NOTE, write_note, {})
    noted = Counter(Event.objects.filter(action=NOTE).values_list("target_id", flat=True))
    jobs = of(NOTE)
    done = jobs.filter(state=JobState.DONE)
    return judged(
        hands,
        {"jobs": jobs.count(), "done": done.count()},
        lost=sum(not noted[job.pk] for job in done),
        doubled=sum(number > 1 for number in noted.values()),
        settled=done.count(),
    )


def judge_emails(hands: Hands, arrived: list[bytes], *, may_be_unclear: bool) -> Counts:
    times = Counter(message_from_bytes(one)["Message-ID"] for one in arrived)
    sent = Email.objects.filter(job__state=JobState.DONE).select_related("job")
    unclear = of(NAME).filter(state=JobState.UNCLEAR).count()
    return judged(
        hands,
        {"jobs": of(NAME).count(), "done": sent.count(), "left to a person": unclear},
        lost=sum(not times[message_id(email)] for email in sent),
        doubled=sum(number > 1 for number in times.values()),
        settled=sent.count() + (unclear if may_be_unclear else 0),
    )


def judged(hands: Hands, counts: dict[str, float], *, lost: int, doubled: int, settled: int) -> Counts:
    struck = {"workers killed": hands.killed, "with a job in hand": hands.struck}
    return judge(
        {**struck, **counts, "lost": lost, "doubled": doubled},
        all_right=not lost and not doubled and settled == counts["jobs"] and hands.struck > 0,
    )


def of(kind: str) -> JobQuerySet:
    return Job.objects.filter(kind=kind)


def kill_over(kind: str, write: Callable[[int], object], environment: dict[str, str]) -> Hands:
    """Kill workers in the middle of jobs of this kind, a third of all kills."""
    Email.objects.all().delete()
    Job.objects.all().delete()
    with tempfile.TemporaryDirectory() as place, contextlib.ExitStack() as end:
        hands = Hands(place)
        environment = hands.environment | environment
        workers = [start_worker(environment) for _ in range(WORKERS)]
        end.callback(lambda: kill(workers))
        last = time.monotonic()
        while hands.killed < math.ceil(KILLS / 3) and time.monotonic() < last + PATIENCE:
            keep_waiting(kind, write)
            # One goes on, so that the dead ones' jobs are met by a worker that lives and by new ones.
            others = {worker.pid: worker for worker in workers[1:]}
            # So late that a worker that has just begun is not always struck at the beginning of its first job.
            if struck := hands.strike(within=8 * IN_HAND, among=others):
                workers[workers.index(others[struck])] = start_worker(environment)
                last = time.monotonic()
            time.sleep(0.02)
        wait_until_settled(kind)
    return hands


def start_worker(environment: dict[str, str]) -> subprocess.Popen[str]:
    environment = {"DJANGO_SETTINGS_MODULE": "tools.drills.settings", **environment}
    return start("worker", "--lease", str(LEASE), environment=environment, stderr=subprocess.DEVNULL)


def kill(workers: list[subprocess.Popen[str]]) -> None:
    for worker in workers:
        worker.kill()
        worker.wait()


def keep_waiting(kind: str, write: Callable[[int], object]) -> None:
    if of(kind).filter(state=JobState.WAITING).count() < WAITING:
        written = of(kind).count()
        with transaction.atomic():
            for n in range(written, written + WAITING):
                write(n)


def write_email(n: int) -> None:
    enqueue(to_address=f"person{n}@example.jp", subject=f"{n}", body=f"{n}\n", dedupe_key=f"drill-{n}")


def write_note(n: int) -> None:
    enqueue_job(kind=NOTE, key=str(n), payload={"seconds": 2 * IN_HAND})


def wait_until_settled(kind: str) -> None:
    until = time.monotonic() + TO_SETTLE
    open_ones = of(kind).filter(state__in=[JobState.WAITING, JobState.RUNNING])
    while open_ones.exists():
        if time.monotonic() > until:
            raise Failed({"jobs never settled": open_ones.count()})
        time.sleep(0.1)


STEPS = {
    "emails to a folder": to_a_folder,
    "emails to a mail server": to_a_mail_server,
    "work in one transaction": in_one_transaction,
}
