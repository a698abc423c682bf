"""Hosts behind a proxy, and people who answer through it and try again what is temporary."""

import itertools
import os
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from http.client import HTTPConnection
from subprocess import DEVNULL
from typing import Any

from meetings.models import Survey
from members.models import Membership
from tools.drills import IS_SELF_TEST, KILLS
from tools.drills.answers import found
from tools.drills.database import start
from tools.drills.phone import BROKEN, HOST, SECONDS, Page, Phone, address_for_one_more
from tools.drills.portal import free_port, start_portal

PEOPLE = 45 if IS_SELF_TEST else 240 if KILLS >= 40 else 90
PHONES = 8
# Seconds: between two tries of a phone, of a job's lease, and until everybody must have been told so.
AGAIN, LEASE, TO_ANSWER = 0.2, 5, 180
SETTINGS = {"DJANGO_SETTINGS_MODULE": "tools.drills.settings"}


class Host:
    """Web server and worker of one machine, with a disk of its own."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.port = free_port()
        self.disk = tempfile.TemporaryDirectory()
        self.environment = SETTINGS | environment | {"DXBUKAI_VAR": self.disk.name}
        self.start()

    def start(self) -> None:
        self.web = start_portal(self.port, environment=self.environment)
        self.worker = start("worker", "--lease", str(LEASE), environment=self.environment, stderr=DEVNULL)

    def die(self) -> None:
        os.killpg(self.web.pid, signal.SIGKILL)
        self.worker.kill()
        self.web.wait()
        self.worker.wait()

    def close(self) -> None:
        self.die()
        self.disk.cleanup()


class Through(Phone):
    """A phone behind a proxy that sends each request to the next host; what is temporary it tries again."""

    def __init__(self, ports: list[int], met: Counter[str]) -> None:
        super().__init__(ports[0])
        self.met = met
        self.lines = itertools.cycle([HTTPConnection(HOST, port, timeout=SECONDS) for port in ports])

    def _ask(self, *request: object) -> tuple[int, str, str]:
        self.line = next(self.lines)
        try:
            answer = super()._ask(*request)  # type: ignore[arg-type]
        except BROKEN:
            self.met["broken"] += 1
            raise
        if answer[0] >= 500:
            self.met["away" if answer[0] == 503 else "errors"] += 1
            raise ConnectionError(answer[0])
        return answer


class Answerers:
    """People who answer one after the other, each until told so. They ask no database: it may be away."""

    def __init__(self, survey: Survey) -> None:
        self.people = [address_for_one_more(survey) for _ in range(PEOPLE)]
        self.met = Counter[str]()
        self.pages: list[Page] = []
        self.acknowledged: list[Page] = []
        self.over = False

    @contextmanager
    def answering(self, *ports: int) -> Iterator[None]:
        waiting = iter(self.people)
        with ThreadPoolExecutor(PHONES) as pool:
            phones = [pool.submit(self.answer, Through([*ports], self.met), waiting) for _ in range(PHONES)]
            try:
                yield
                self.until(PEOPLE, phones)
            finally:
                self.over = True
        for phone in phones:
            phone.result()

    def until(self, number: int, phones: list["Future[None]"] | None = None) -> None:
        """So many have been told so."""
        last = time.monotonic() + TO_ANSWER
        while len(self.acknowledged) < number and time.monotonic() < last:
            if phones and all(phone.done() for phone in phones):
                return
            time.sleep(0.02)

    def answer(self, phone: Through, waiting: Iterator[tuple[str, Membership]]) -> None:
        for address, membership in waiting:
            page = self.tried(partial(phone.open, address, membership))
            if page is None:
                return
            page.fill(mode="venue", note=f"連絡 {page.fields['key']}")
            self.pages.append(page)
            status = self.tried(partial(phone.send, page))
            if status == 302:
                self.acknowledged.append(page)
            elif status:
                self.met["refused"] += 1

    def tried(self, ask: Callable[[], Any]) -> Any:
        while not self.over:
            try:
                return ask()
            except BROKEN:
                time.sleep(AGAIN)
        return None

    def counts(self) -> dict[str, float]:
        return {
            "broken off and tried again": self.met["broken"],
            "asked to wait": self.met["away"],
            "errors": self.met["errors"] + self.met["refused"],
            "acknowledged": len(self.acknowledged),
            **found(self.pages, self.acknowledged),
        }
