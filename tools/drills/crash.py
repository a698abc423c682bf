"""Workers are killed at random in the middle of sending; every email arrives once, or a person is asked."""

import contextlib
import random
import subprocess
import tempfile
import time
from collections import Counter
from email import message_from_bytes
from pathlib import Path

from django.db import transaction

from foundation.mail.message import message_id
from foundation.mail.models import Email
from foundation.mail.outbox import enqueue
from foundation.mail.states import EmailState
from tools.drills import Failed
from tools.drills.database import start
from tools.drills.sink import running_sink

WORKERS = 2
SECONDS_OF_KILLING = 8
SECONDS_TO_SETTLE = 20
OPEN = (EmailState.WAITING, EmailState.SENDING)


def drill():
    yield "to a folder", to_a_folder()
    yield "to a mail server", to_a_mail_server()


def to_a_folder() -> dict:
    with tempfile.TemporaryDirectory() as place:
        emails, killed = send_and_kill({"DXBUKAI_MAIL_DELIVERY": "folder", "DXBUKAI_VAR": place})
        arrived = [file.read_bytes() for file in Path(place, "mail").glob("*.eml")]
    return judge(emails, killed, arrived, may_be_uncertain=False)


def to_a_mail_server() -> dict:
    with running_sink() as sink:
        # Long enough in hand that a kill often strikes there.
        sink.thinks = 0.02
        emails, killed = send_and_kill(
            {
                "DXBUKAI_MAIL_DELIVERY": "smtp",
                "DXBUKAI_SMTP_HOST": "127.0.0.1",
                "DXBUKAI_SMTP_PORT": str(sink.port),
            }
        )
        arrived = list(sink.received)
    return judge(emails, killed, arrived, may_be_uncertain=True)


def send_and_kill(environment) -> tuple[list[Email], int]:
    Email.objects.all().delete()
    with contextlib.ExitStack() as end:
        workers = [start_worker(environment) for _ in range(WORKERS)]
        end.callback(lambda: [worker.kill() or worker.wait() for worker in workers])
        killed, until = 0, time.monotonic() + SECONDS_OF_KILLING
        while time.monotonic() < until:
            write_emails(40)
            time.sleep(random.uniform(0.2, 0.6))  # noqa: S311 -- when to strike, not what to hide
            worker = workers.pop(0)
            worker.kill()
            worker.wait()
            killed += 1
            workers.append(start_worker(environment))
        wait_until_settled()
    return list(Email.objects.all()), killed


def start_worker(environment):
    return start("worker", "--lease", "1", environment=environment, stderr=subprocess.DEVNULL)


def write_emails(number):
    written = Email.objects.count()
    with transaction.atomic():
        for n in range(written, written + number):
            enqueue(to_address=f"person{n}@example.jp", subject=f"{n}", body=f"{n}\n", dedupe_key=f"drill-{n}")


def wait_until_settled():
    until = time.monotonic() + SECONDS_TO_SETTLE
    while Email.objects.filter(state__in=OPEN).exists():
        if time.monotonic() > until:
            raise Failed(f"{Email.objects.filter(state__in=OPEN).count()} emails were never settled")
        time.sleep(0.1)


def judge(emails, killed, arrived, *, may_be_uncertain) -> dict:
    times = Counter(message_from_bytes(one)["Message-ID"] for one in arrived)
    states = Counter(email.state for email in emails)
    counts = {
        "emails": len(emails),
        "workers killed": killed,
        "taken again after a kill": sum(email.attempts > 1 for email in emails),
        "sent": states[EmailState.SENT],
        "left to a person": states[EmailState.UNCERTAIN],
        "lost": sum(email.state == EmailState.SENT and not times[message_id(email)] for email in emails),
        "doubled": sum(number > 1 for number in times.values()),
    }
    allowed = counts["left to a person"] if may_be_uncertain else 0
    if counts["lost"] or counts["doubled"] or counts["sent"] + allowed != len(emails):
        raise Failed(str(counts))
    return counts
