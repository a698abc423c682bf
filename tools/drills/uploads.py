"""Clerks send workbooks that no machine can hold, eight at a time; the others are served as on a quiet day.

What a page takes is compared with the same page on the same server a moment before, never with a clock on a wall.
"""

import itertools
import statistics
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from uuid import uuid4

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from foundation.http.stamped import SessionStore
from members.models import Department, Membership, Posting, User
from opendata.models import DatasetVersion
from tools import town
from tools.drills import IS_SELF_TEST, KILLS, Counts, judge
from tools.drills.answers import open_form
from tools.drills.heavy_books import heavy_books
from tools.drills.phone import BROKEN, HIDDEN, HOST, SECONDS, Phone, address_for_one_more
from tools.drills.portal import running_portal

UPLOADS = 12 if IS_SELF_TEST else 60
CLERKS, READERS = 8, 2
PAGES = 300
# Of a quick look, on a machine that does other things too, only the worst is believed.
MOST_TIMES_SLOWER = 2 if KILLS >= 40 else 4
NEW = "/data/mine/new/"


def eight_at_a_time() -> Counts:
    address, membership = address_for_one_more(open_form())
    department = town.department("環境課")
    clerks = [clerk_of(department) for _ in range(CLERKS)]
    with (
        tempfile.TemporaryDirectory() as place,
        running_portal(environment={"DXBUKAI_VAR": place}) as port,
        ThreadPoolExecutor(CLERKS + READERS) as crowd,
    ):
        read_until(port, address, membership, pages=20)
        alone = [crowd.submit(read_until, port, address, membership, pages=PAGES) for _ in range(READERS)]
        quiet = sorted(itertools.chain.from_iterable(reader.result() for reader in alone))
        sent, over = Counter[str](), threading.Event()
        books = itertools.cycle(heavy_books().items())
        turns = iter(range(UPLOADS))
        lock = threading.Lock()

        def upload_in_turn(clerk: User) -> None:
            while True:
                with lock:
                    turn, (name, data) = next(turns, None), next(books)
                if turn is None:
                    return
                sent[upload(port, clerk, department.pk, name, another(data, turn))] += 1

        readers = [
            crowd.submit(read_until, port, address, membership, over=over, broken=sent) for _ in range(READERS)
        ]
        for done in [crowd.submit(upload_in_turn, clerk) for clerk in clerks]:
            done.result()
        over.set()
        busy = sorted(itertools.chain.from_iterable(reader.result() for reader in readers))
    return judged(quiet, busy, sent)


def judged(quiet: list[float], busy: list[float], sent: Counter[str]) -> Counts:
    slower = p95(busy) / p95(quiet)
    counts = {
        "uploads": UPLOADS,
        "kept": DatasetVersion.objects.count(),
        "asked to wait": sent["429"],
        "broken off": sent["broken"] + sent["500"] + sent["page broken"],
        "pages meanwhile": len(busy),
        "95 of 100 within ms, quiet": round(1000 * p95(quiet)),
        "busy": round(1000 * p95(busy)),
        "times slower": round(slower, 1),
        "too slow": int(slower > MOST_TIMES_SLOWER),
    }
    everything = sum(sent.values()) - sent["page broken"] == UPLOADS and len(busy) >= 100
    return judge(counts, all_right=everything and not counts["broken off"] and not counts["too slow"])


def another(data: bytes, turn: int) -> bytes:
    """The same book as another file: with a comment at its end."""
    comment = f"{turn}".encode()
    return data[:-2] + len(comment).to_bytes(2, "little") + comment


def p95(seconds: list[float]) -> float:
    return statistics.quantiles(seconds, n=20)[-1]


def read_until(
    port: int,
    address: str,
    membership: Membership,
    *,
    pages: int = 0,
    over: threading.Event | None = None,
    broken: Counter[str] | None = None,
) -> list[float]:
    """How long each took: so many, or until the others are done. Pages that broke off are counted in `broken`."""
    phone = Phone(port, keeps_alive=True)
    took: list[float] = []
    while len(took) < pages or (over is not None and not over.is_set()):
        began = time.monotonic()
        try:
            phone.open(address, membership)
        except BROKEN:
            if broken is None:
                raise
            broken["page broken"] += 1
            continue
        took.append(time.monotonic() - began)
    phone.close()
    return took


def clerk_of(department: Department) -> User:
    clerk = town.person()
    Posting.objects.create(user=clerk, department=department, valid_from=town.LONG_AGO)
    return clerk


def cookie_of(clerk: User) -> str:
    store = SessionStore()
    store[SESSION_KEY], store[BACKEND_SESSION_KEY] = str(clerk.pk), settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = clerk.get_session_auth_hash()
    store.save()
    return f"{settings.SESSION_COOKIE_NAME}={store.session_key}"


def upload(port: int, clerk: User, department: int, name: str, data: bytes) -> str:
    """The status, as a clerk meets it on the way; "broken" where the server hung up."""
    line, session = HTTPConnection(HOST, port, timeout=4 * SECONDS), cookie_of(clerk)
    try:
        line.request("GET", NEW, headers={"Cookie": session})
        page = line.getresponse()
        token = dict(HIDDEN.findall(page.read().decode()))["csrfmiddlewaretoken"]
        csrf = page.headers["Set-Cookie"].partition(";")[0]
        body, kind = form(token, department, name, data)
        line.request("POST", NEW, body, {"Cookie": f"{session}; {csrf}", "Content-Type": kind})
        answer = line.getresponse()
        answer.read()
    except BROKEN:
        return "broken"
    finally:
        line.close()
    return str(answer.status)


def form(token: str, department: int, name: str, data: bytes) -> tuple[bytes, str]:
    """multipart/form-data, as the browser sends it."""
    mark = uuid4().hex
    fields = {"csrfmiddlewaretoken": token, "department": str(department)}
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{text}\r\n'
        for key, text in fields.items()
    ]
    head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    body = "".join(parts).encode() + head.encode() + data + f"\r\n--{mark}--\r\n".encode()
    return body, f"multipart/form-data; boundary={mark}"


STEPS = {"eight at a time": eight_at_a_time}
