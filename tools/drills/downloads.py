"""Four citizens at once download a list of a hundred thousand rows: nobody waits, and the server hardly grows.

They meet after their first byte and read on together, so that all are served at the same moment. What a process
takes is its proportional share (PSS): what it has in common with others counts in part, what the system keeps of
files not at all. The bare static file beside it goes the same way through the same server.
"""

import hashlib
import socket
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import NamedTuple

from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from foundation.actions import SYSTEM
from foundation.db.copying import copy
from foundation.files.hashed import measured
from foundation.jobs.models import Job
from foundation.jobs.queue import enqueue
from foundation.jobs.states import JobState
from opendata import actions
from opendata.catalogue.files import csv_of
from opendata.jobs import CHECK_FILES
from opendata.models import Dataset, DatasetRow, DatasetVersion
from opendata.states import VersionState
from tools import town
from tools.bench import data
from tools.drills import Counts, judge
from tools.drills.bucket import files_in_a_bucket
from tools.drills.database import start
from tools.drills.phone import HOST
from tools.drills.portal import running_portal

ROWS, READERS = 100_000, 4
MOST_MB, LATEST = 50, 1.0
STATIC = "/static/css/base.css"
PATIENCE = 120
PARTS = [slice(0, 1), slice(1_000_000, 9_000_000), slice(20_000_001, 20_000_003)]


class Read(NamedTuple):
    """Seconds to the first byte of the body, and the hash of what came."""

    first: float
    sha256: str


def kept_files() -> Counts:
    with place_for_files() as place:
        version = plant()
        actions.make_files(version=version, by=SYSTEM)
        counts = read_at_once(place, version)
        wrong = {"parts": len(PARTS), "wrong ones": wrong_parts(place, version)}
        return judge({**counts, **wrong}, all_right=not wrong["wrong ones"])


def kept_in_a_bucket() -> Counts:
    with place_for_files() as place, files_in_a_bucket() as environment:
        version = plant()
        actions.make_files(version=version, by=SYSTEM)
        # The store is in the process of the readers: of how soon it answers that tells nothing.
        return read_at_once(place, version, environment, latest=PATIENCE)


def not_yet_made() -> Counts:
    with place_for_files() as place:
        return read_at_once(place, plant())


def made_by_a_worker() -> Counts:
    with place_for_files() as place:
        worker = start("worker", environment={"DXBUKAI_VAR": place}, stderr=subprocess.DEVNULL)
        try:
            # It has looked for what is missing, and waits for more to do.
            wait_for(lambda: Job.objects.filter(kind=CHECK_FILES, state=JobState.DONE).exists())
            version = plant()
            began = time.monotonic()
            with transaction.atomic():
                enqueue(kind=CHECK_FILES, key="drill")
            rise = grown(lambda: share_of(worker.pid), until=lambda: version.files.count() == 4)
            counts = {"rows": ROWS, "seconds": round(time.monotonic() - began, 1), **told(rise)}
        finally:
            worker.terminate()
            worker.wait(PATIENCE)
        sizes = version.files.values_list("size", flat=True)
        return judge(counts | {"MB of files": sum(sizes) >> 20}, all_right=not counts["MB too many"])


def read_at_once(
    place: str, version: DatasetVersion, environment: dict[str, str] | None = None, *, latest: float = LATEST
) -> Counts:
    """Twice: the first time a process looks whether the file is what it was."""
    address = f"/data/{version.dataset.slug}.csv"
    environment = {"DXBUKAI_VAR": place, **(environment or {})}
    with running_portal("--workers", "1", "--threads", "8", environment=environment) as port:
        worker = worker_behind(port)
        crowd(port, "/data/")
        # What a bucket needs is loaded once.
        crowd(port, "/readyz")
        bare = [read for _turn in range(5) for read in crowd(port, STATIC)]
        enough = threading.Event()
        with ThreadPoolExecutor(1) as watch:
            rise = watch.submit(grown, lambda: share_of(worker), until=enough.is_set)
            try:
                reads, again = crowd(port, address), crowd(port, address)
            finally:
                enough.set()
    late = max(read.first for read in reads)
    counts = {
        "rows": ROWS,
        "readers": READERS,
        **told(rise.result()),
        "ms to the last one's first byte": round(1000 * late),
        "and again": round(1000 * max(read.first for read in again)),
        "times that of a static file": round(median(again) / median(bare), 1),
        "damaged": sum(read.sha256 != version.public_sha256 for read in reads + again),
    }
    wrong = counts["MB too many"] or counts["damaged"] or late > latest
    return judge(counts, all_right=not wrong)


def median(reads: list[Read]) -> float:
    return statistics.median(read.first for read in reads)


def wrong_parts(place: str, version: DatasetVersion) -> int:
    """As the server sends them, by itself, from the file."""
    whole, wrong = b"".join(csv_of(version)), 0
    with running_portal(environment={"DXBUKAI_VAR": place}) as port:
        for part in PARTS:
            line = HTTPConnection(HOST, port, timeout=PATIENCE)
            asked = f"bytes={part.start}-{part.stop - 1}"
            line.request("GET", f"/data/{version.dataset.slug}.csv", headers={"Range": asked})
            answer = line.getresponse()
            wrong += (answer.status, answer.read()) != (206, whole[part])
            line.close()
    return wrong


def told(rise: float) -> Counts:
    return {"MB more": round(rise), "MB too many": max(0, round(rise) - MOST_MB)}


def crowd(port: int, path: str) -> list[Read]:
    """Everybody has a first byte before anybody has the last."""
    together = threading.Barrier(READERS)
    with ThreadPoolExecutor(READERS) as readers:
        return list(readers.map(lambda _: read(port, path, together), range(READERS)))


def read(port: int, path: str, together: threading.Barrier) -> Read:
    """Past every library: nothing is read before it is asked for."""
    digest = hashlib.sha256()
    with socket.create_connection((HOST, port), timeout=PATIENCE) as line:
        began = time.perf_counter()
        line.sendall(f"GET {path} HTTP/1.0\r\nHost: {HOST}\r\n\r\n".encode())
        answer = b""
        while not (body := answer.partition(b"\r\n\r\n")[2]):
            answer += line.recv(4096)
        first = time.perf_counter() - began
        assert answer.split()[1] == b"200", f"{path} was not there"
        together.wait(PATIENCE)
        while body:
            digest.update(body)
            body = line.recv(1 << 16)
    return Read(first, digest.hexdigest())


def grown(share: Callable[[], float], *, until: Callable[[], bool]) -> float:
    """How much more than at the beginning, at most."""
    usual = most = share()

    def is_over() -> bool:
        nonlocal most
        most = max(most, share())
        return until()

    wait_for(is_over)
    return most - usual


def wait_for(is_over: Callable[[], bool]) -> None:
    patient = time.monotonic() + PATIENCE
    while not is_over():
        if time.monotonic() > patient:
            raise RuntimeError("it did not come to an end")
        time.sleep(0.02)


def share_of(pid: int) -> float:
    """Megabytes."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def worker_behind(port: int) -> int:
    """The server's only child: both have the address in their command line."""
    address = f"{HOST}:{port}".encode()
    servers = {
        int(folder.name)
        for folder in Path("/proc").glob("[0-9]*")
        if (folder / "cmdline").exists() and address in (folder / "cmdline").read_bytes()
    }
    parents = {pid: int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1]) for pid in servers}
    (worker,) = [pid for pid, parent in parents.items() if parent in servers]
    return worker


@contextmanager
def place_for_files() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as place, override_settings(MEDIA_ROOT=Path(place, "files")):
        yield place


def plant() -> DatasetVersion:
    """Published as before there were files of it. What an earlier step has published is withdrawn."""
    number = Dataset.objects.count() + 1
    department, clerk = town.department(f"第{number}課"), town.person()
    Dataset.objects.update(withdrawn_at=timezone.now(), withdrawn_by=clerk, withdrawn_reason="終了")
    columns = [
        {"index": index, "letter": "", "header": title, "field": None, "publish": True}
        for index, title in enumerate(data.TITLES, start=1)
    ]
    version = DatasetVersion.objects.create(
        dataset=Dataset.objects.create(slug=f"list-{number}", department=department, created_by=clerk),
        number=1,
        title="公衆トイレ一覧",
        original_name="一覧.csv",
        uploaded_by=clerk,
        columns=columns,
        detected={"format": "csv", "header_row": 1, "rows": ROWS},
    )
    copy(
        DatasetRow, ("version", "row", "cells"), ((version.pk, n, row) for n, row in enumerate(data.rows(ROWS), 2))
    )
    version.state, version.published_by, version.published_at = VersionState.PUBLISHED, clerk, timezone.now()
    version.head_name, version.head_checked_on = "課 長", town.LONG_AGO
    version.public_sha256 = measured(csv_of(version))[0]
    version.save()
    return version


STEPS = {
    "kept files": kept_files,
    "kept in a bucket": kept_in_a_bucket,
    "not yet made": not_yet_made,
    "made by a worker": made_by_a_worker,
}
