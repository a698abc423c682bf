"""Five hundred files come in, eight at a time, from many people, hostile ones among honest ones.

What the page said yes to is there afterwards, as its sender's and to the byte; what cannot be read is refused in
words; nobody meets an error. The files go through the real web server, and the real worker reads what waits.
"""

import itertools
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from subprocess import DEVNULL
from typing import NamedTuple

from django.core.files.storage import default_storage
from django.test import override_settings

from foundation.jobs.models import Job
from foundation.jobs.states import JobState
from members.models import Department, User
from opendata.models import DatasetVersion
from tools import town
from tools.drills import IS_SELF_TEST, KILLS, Counts, judge
from tools.drills.answers import open_form
from tools.drills.database import start
from tools.drills.heavy_books import book, heavy_books
from tools.drills.phone import address_for_one_more
from tools.drills.portal import running_portal
from tools.drills.uploads import READERS, another, clerk_of, p95, read_until, upload

AT_ONCE = 8
# A person may send sixty an hour (dxbukai/brakes.py).
FILES_OF_A_PERSON = 10
# Pages that are read before the crowd comes, and seconds until the worker has read what waits.
PAGES, TO_SETTLE = 100, 600
HONEST = 12


class File(NamedTuple):
    clerk: User
    department: Department
    name: str
    data: bytes


class Sent(NamedTuple):
    file: File
    status: str


def how_many() -> int:
    if IS_SELF_TEST:
        return 32
    return 500 if KILLS >= 40 else 4 * KILLS


def five_hundred() -> Counts:
    files = crowd_of_files(how_many())
    address, membership = address_for_one_more(open_form())
    over, broken = threading.Event(), Counter[str]()
    with ExitStack() as end:
        place = end.enter_context(tempfile.TemporaryDirectory())
        end.enter_context(override_settings(MEDIA_ROOT=Path(place, "files")))
        environment = {"DXBUKAI_VAR": place}
        port = end.enter_context(running_portal(environment=environment))
        worker = start("worker", environment=environment, stderr=DEVNULL)
        end.callback(worker.wait)
        end.callback(worker.terminate)
        crowd = end.enter_context(ThreadPoolExecutor(AT_ONCE + READERS))
        quiet = read_until(port, address, membership, pages=PAGES)
        readers = [
            crowd.submit(read_until, port, address, membership, over=over, broken=broken) for _ in range(READERS)
        ]
        try:
            sent = list(crowd_in(port, files))
        finally:
            over.set()
        busy = list(itertools.chain.from_iterable(reader.result() for reader in readers))
        unsettled = wait_until_read()
        return judged(sent, pages={"quiet": quiet, "busy": busy}, broken=broken, unsettled=unsettled)


def crowd_in(port: int, files: list[File]) -> list[Sent]:
    def send(file: File) -> Sent:
        return Sent(file, upload(port, file.clerk, file.department.pk, file.name, file.data))

    with ThreadPoolExecutor(AT_ONCE) as senders:
        return list(senders.map(send, files))


def judged(sent: list[Sent], *, pages: dict[str, list[float]], broken: Counter[str], unsettled: int) -> Counts:
    said = Counter(answer.status for answer in sent)
    acknowledged = [answer.file for answer in sent if answer.status == "302"]
    versions = list(DatasetVersion.objects.all())
    counts = {
        "sent": len(sent),
        "people": len({answer.file.clerk.pk for answer in sent}),
        "acknowledged": len(acknowledged),
        "taken": sum(version.is_read for version in versions),
        "refused in words": sum(bool(version.unreadable) for version in versions) + said["200"],
        "without a word": unsettled,
        "errors": sum(count for status, count in said.items() if status.startswith("5")),
        "broken off": said["broken"] + broken["page broken"],
        "lost": sum(map(is_lost, acknowledged)),
        "kept without a yes": len(versions) - len(acknowledged),
        "pages meanwhile": len(pages["busy"]),
        **{f"95 of 100 within ms, {when}": round(1000 * p95(took)) for when, took in pages.items()},
    }
    wrong = ("without a word", "errors", "broken off", "lost", "kept without a yes")
    everything = counts["taken"] + counts["refused in words"] == len(sent)
    return judge(counts, all_right=everything and not any(counts[what] for what in wrong))


def is_lost(file: File) -> bool:
    """It is there once, as this person's under this name, and to the byte."""
    found = DatasetVersion.objects.filter(
        uploaded_by=file.clerk, original_name=file.name, dataset__department=file.department
    )
    return len(found) != 1 or stored(found[0].original.name or "") != file.data


def stored(name: str) -> bytes:
    try:
        with default_storage.open(name) as file:
            data: bytes = file.read()
    except FileNotFoundError:
        return b""
    return data


def wait_until_read() -> int:
    """How many the worker left open: neither read nor refused."""
    until = time.monotonic() + TO_SETTLE
    waiting = Job.objects.filter(state__in=[JobState.WAITING, JobState.RUNNING], kind="opendata.read")
    while waiting.exists() and time.monotonic() < until:
        time.sleep(0.2)
    return sum(not (version.is_read or version.unreadable) for version in DatasetVersion.objects.all())


def crowd_of_files(number: int) -> list[File]:
    """Each another one, so that none is taken for the one before; one of three is hostile."""
    departments = [town.department(f"第{n}課") for n in range(AT_ONCE)]
    files: list[File] = []
    kinds = itertools.cycle(kinds_of_files().items())
    for turn in range(number):
        if turn % FILES_OF_A_PERSON == 0:
            department = departments[turn // FILES_OF_A_PERSON % len(departments)]
            clerk = clerk_of(department)
        name, make = next(kinds)
        files.append(File(clerk, department, f"{turn}-{name}", make(turn)))
    return files


def kinds_of_files() -> dict[str, Callable[[int], bytes]]:
    honest: dict[str, Callable[[int], bytes]] = {f"honest-{n}.csv": table for n in range(HONEST - 4)}
    honest |= {f"honest-{n}.xlsx": workbook for n in range(4)}
    hostile: dict[str, Callable[[int], bytes]] = {
        "half.xlsx": lambda turn: workbook(turn)[:-60] + str(turn).encode(),
        "page.pdf": lambda turn: b"%PDF-1.7\n" + str(turn).encode(),
        "empty.csv": lambda _turn: b"",
        "nul.csv": lambda turn: bytes(64) + str(turn).encode(),
    }
    hostile |= {name: heavy(data) for name, data in heavy_books().items() if name != "long.xlsx"}
    mixed = [*honest.items()]
    for at, one in enumerate(hostile.items()):
        mixed.insert(3 * at + 2, one)
    return dict(mixed)


def table(turn: int) -> bytes:
    rows = "".join(f"第{turn}施設の{n},見本市{n}\r\n" for n in range(200))
    return f"名称,住所\r\n{rows}".encode("cp932" if turn % 2 else "utf-8")


def workbook(turn: int) -> bytes:
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2"><v>1</v></c></row>'
    return another(book(rows), turn)


def heavy(data: bytes) -> Callable[[int], bytes]:
    return lambda turn: another(data, turn)


STEPS = {"five hundred": five_hundred}
