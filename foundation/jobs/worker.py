"""Does what is due, one job at a time, until it is told to stop.

Any number of workers may run, and each can be killed at any moment. The job in its hand at that moment is
found by the next one (queue.recover).
"""

import logging
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction

from foundation.db.away import MAY_BE_AWAY, is_away
from foundation.jobs import queue
from foundation.jobs.bell import BEAT, Bell
from foundation.jobs.models import Job
from foundation.jobs.outcomes import Interrupted, Lost, NotNow, Refused, Unclear
from foundation.jobs.progress import Reporter
from foundation.jobs.registry import Kind, kinds
from foundation.jobs.rules import Clock

logger = logging.getLogger(__name__)

LONGEST_PAUSE = 30
# Seconds that work which can be rolled back still has when the worker is told to stop.
GRACE = 2

Note = Callable[[Job, str], bool]


@dataclass(frozen=True)
class Rest:
    """A kind whose need is away: tried so often, to be tried again then."""

    tries: int
    until: float
    reason: NotNow


class Worker:
    def __init__(self, known: Mapping[str, Kind] | None = None, lease: timedelta | None = None) -> None:
        self.kinds = kinds() if known is None else known
        self.lease = lease
        self.clock, self.bell = Clock(), Bell()
        self.stopping = self.interruptible = False
        self.failures = 0
        self.resting: dict[str, Rest] = {}
        self.counts: Counter[str] = Counter()

    # Being told to stop

    def stop(self, *_signal: Any) -> None:
        """For signal handlers: a plain flag cannot deadlock. The job in hand is finished, unless it takes long
        and can be rolled back.
        """
        self.stopping = True
        signal.signal(signal.SIGALRM, self.interrupt)
        signal.setitimer(signal.ITIMER_REAL, GRACE)

    def interrupt(self, *_signal: Any) -> None:
        if self.interruptible:
            raise Interrupted

    # Going on

    def run(self) -> None:
        while not self.stopping:
            with self.patience():
                if not self.step():
                    self.close()
                    self.bell.wait(lambda: self.stopping)
        self.close()
        self.bell.close()

    def run_once(self) -> None:
        """Everything that is due now. What is away is the caller's to hear."""
        while not self.stopping and self.step():
            pass
        self.close()
        for rest in self.resting.values():
            raise rest.reason

    def close(self) -> None:
        for kind in self.kinds.values():
            kind.close()

    def step(self) -> bool:
        """One job; False if none is due. What it needs is called before it is taken."""
        self.clock.strike()
        queue.recover(self.kinds)
        name = queue.next_kind(self.awake())
        if name is None:
            return False
        kind = self.kinds[name]
        try:
            kind.open()
        except NotNow as reason:
            self.rest(name, reason)
            return True
        self.resting.pop(name, None)
        job = queue.take(name, self.lease or kind.lease)
        if job is None:
            return False
        self.do(kind, job)
        return True

    def awake(self) -> list[str]:
        now = time.monotonic()
        return [name for name in self.kinds if name not in self.resting or self.resting[name].until <= now]

    def rest(self, name: str, reason: NotNow) -> None:
        """The other kinds go on meanwhile."""
        logger.warning("%s waits: %s", name, reason)
        tries = self.resting[name].tries + 1 if name in self.resting else 1
        self.resting[name] = Rest(tries, time.monotonic() + pause_after(tries), reason)

    # One job

    def do(self, kind: Kind, job: Job) -> None:
        with reporting(job, self.lease or kind.lease):
            note, reason = self.attempt(kind, job)
        self.settle(note, job, reason)

    def attempt(self, kind: Kind, job: Job) -> tuple[Note, str]:
        """What is to be noted about the job, and why."""
        try:
            if kind.transactional:
                self.in_one_transaction(kind, job)
            else:
                kind.handle(job)
        except Interrupted:
            return queue.back, ""
        except Exception as error:
            if not isinstance(error, tuple(NOTES)):
                logger.exception("job %s could not be done", job.pk)
            return outcome_of(error)
        return (done if kind.transactional else queue.done), ""

    def in_one_transaction(self, kind: Kind, job: Job) -> None:
        with transaction.atomic():
            self.interruptible = True
            try:
                kind.handle(job)
            finally:
                self.interruptible = False
            if not queue.done(job):
                raise Lost

    def settle(self, note: Note, job: Job, reason: str) -> bool:
        """What became of the job is known only here: insist until the database has heard of it."""
        self.counts[note.__name__] += 1
        logger.info("job %s %s: %s %s", job.pk, job.kind, note.__name__, reason)
        while True:
            with self.patience():
                return note(job, reason)
            if self.stopping:
                return False

    # Waiting for the database

    @contextmanager
    def patience(self) -> Iterator[None]:
        """A database that is away comes back: wait, longer each time, and go on."""
        try:
            yield
            self.failures = 0
        except MAY_BE_AWAY as error:
            if not is_away(error):
                raise
            connection.close()
            self.failures += 1
            logger.warning("waiting: %s", error)
            self.pause(pause_after(self.failures))

    def pause(self, seconds: float) -> None:
        """Sleeps in beats, so that being told to stop is heard."""
        until = time.monotonic() + seconds
        while not self.stopping and (left := until - time.monotonic()) > 0:
            time.sleep(min(BEAT, left))


def outcome_of(error: Exception) -> tuple[Note, str]:
    """What is nobody's decision but a mishap is tried again, for its cause may be mended meanwhile."""
    for kind, note in NOTES.items():
        if isinstance(error, kind):
            return note, " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
    return queue.later, repr(error)


def done(_job: Job, _reason: str) -> bool:
    """Done, as was written with the work itself."""
    return True


def lost(_job: Job, _reason: str) -> bool:
    """Another's by now, or cancelled; what we wrote is rolled back."""
    return True


NOTES: dict[type[Exception], Note] = {
    Lost: lost,
    Unclear: queue.unclear,
    NotNow: queue.later,
    Refused: queue.failed,
    PermissionDenied: queue.failed,
    ValidationError: queue.failed,
}


def pause_after(tries: int) -> float:
    return min(2**tries / 2, LONGEST_PAUSE)


@contextmanager
def reporting(job: Job, lease: timedelta) -> Iterator[Reporter]:
    reporter = Reporter(job, lease)
    job.tell = reporter.note
    try:
        yield reporter
    finally:
        reporter.close()
