"""Web workers are killed with an answer in hand, phones send the same page again: each answer is there once."""

import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from meetings.models import Reply, Survey
from members.models import Membership
from tools.drills import KILLS, Counts, judge
from tools.drills.answers import found, open_form
from tools.drills.hand import Hands
from tools.drills.phone import BROKEN, Page, Phone, address_for_one_more
from tools.drills.portal import running_portal

# As docs/operations.md has it.
WORKERS = 3
PHONES = 8
# Seconds, at most, from one kill to the next: a new worker has to start, on a busy machine.
PATIENCE = 60
# Answers between two kills; seconds that an answer may be in hand before the kill.
BETWEEN, LONGEST = 3, 0.6
RETRY_AFTER = 0.05


def answers_by_phone() -> Counts:
    crowd = Crowd(open_form())
    with (
        tempfile.TemporaryDirectory() as place,
        running_portal("--workers", str(WORKERS), environment={"DRILL_HAND": place}) as port,
        ThreadPoolExecutor(PHONES) as pool,
    ):
        hands = Hands(place)
        phones = [pool.submit(crowd.answer, port, keeps_alive=bool(number % 2)) for number in range(PHONES)]
        try:
            kill_workers(hands, crowd)
        finally:
            crowd.enough()
        for phone in phones:
            phone.result()
    return judged(crowd, hands)


def kill_workers(hands: Hands, crowd: "Crowd") -> None:
    """Some people are answered between two kills, so that workers are met in every moment of their work."""
    last, answered = time.monotonic(), 0
    while hands.killed < KILLS and time.monotonic() < last + PATIENCE:
        if len(crowd.acknowledged) >= answered + BETWEEN and hands.strike(within=LONGEST):
            last, answered = time.monotonic(), len(crowd.acknowledged)
        time.sleep(0.005)


class Crowd:
    """People who answer, each until they are told so, and what they met with."""

    def __init__(self, survey: Survey) -> None:
        self.survey = survey
        self.is_enough = threading.Event()
        self.patience_ends = float("inf")
        self.pages: list[Page] = []
        self.acknowledged: list[Page] = []
        self.met: Counter[str] = Counter()

    def enough(self) -> None:
        """Nobody begins another answer; who has begun one may try it again for a while, and not for ever."""
        self.is_enough.set()
        self.patience_ends = time.monotonic() + PATIENCE

    def answer(self, port: int, *, keeps_alive: bool) -> None:
        phone = Phone(port, keeps_alive=keeps_alive)
        try:
            while not self.is_enough.is_set():
                self.one_more(phone)
        finally:
            phone.close()
            connection.close()

    def one_more(self, phone: Phone) -> None:
        address, membership = address_for_one_more(self.survey)
        page = self.opened(phone, address, membership)
        if page is None:
            return
        page.fill(mode="venue", note=f"連絡 {page.fields['key']}")
        self.pages.append(page)
        self.send(phone, page)

    def opened(self, phone: Phone, address: str, membership: Membership) -> Page | None:
        while time.monotonic() < self.patience_ends:
            try:
                return phone.open(address, membership)
            except BROKEN:
                time.sleep(RETRY_AFTER)
        return None

    def send(self, phone: Phone, page: Page) -> None:
        while time.monotonic() < self.patience_ends:
            self.met["sent"] += 1
            try:
                status = phone.send(page)
            except BROKEN:
                self.met["broken"] += 1
                stored = Reply.objects.filter(membership=page.membership).exists()
                self.met["broken after it was stored"] += stored
                time.sleep(RETRY_AFTER)
                continue
            if status == 302:
                self.acknowledged.append(page)
            else:
                self.met["refused"] += 1
            return


def judged(crowd: Crowd, hands: Hands) -> Counts:
    counts = {
        "web workers killed": hands.killed,
        "with an answer in hand": hands.struck,
        "sent": crowd.met["sent"],
        "connections broken": crowd.met["broken"],
        "broken after it was stored": crowd.met["broken after it was stored"],
        "acknowledged": len(crowd.acknowledged),
        "refused": crowd.met["refused"],
        **found(crowd.pages, crowd.acknowledged),
    }
    everybody = counts["people"] == counts["acknowledged"] == counts["stored"]
    once = counts["people"] == counts["receipts"] == counts["audited"]
    struck = hands.killed >= KILLS and hands.struck and counts["connections broken"]
    wrong = counts["lost"] or counts["doubled"] or counts["refused"]
    return judge(counts, all_right=bool(everybody and once and struck and not wrong))


STEPS = {"answers by phone": answers_by_phone}
