"""Sends what is due, one email at a time, until it is told to stop.

Any number of workers may run, and each can be killed at any moment. The email in its hand at that moment is
found by the next one (queue.recover).
"""

import logging
import time
from collections import Counter
from contextlib import contextmanager

from django.db import InterfaceError, OperationalError, connection

from foundation.mail import queue
from foundation.mail.delivery import NotNow, Refused, Unclear

logger = logging.getLogger(__name__)

# Seconds between two looks into an empty outbox: short enough to stop in time, cheap enough to go on for ever.
BEAT = 0.5
LONGEST_PAUSE = 30


class Worker:
    def __init__(self, delivery, lease=None):
        self.delivery = delivery
        self.lease = lease or delivery.lease
        self.stopping = False
        self.failures = 0
        self.counts: Counter[str] = Counter()

    def stop(self, *_signal):
        """For signal handlers: a plain flag cannot deadlock. The email in hand is finished."""
        self.stopping = True

    def run(self):
        while not self.stopping:
            with self.patience():
                if not self.step():
                    self.delivery.close()
                    self.pause(BEAT)
        self.delivery.close()

    def run_once(self):
        """Everything that is due now. That the database or the mail server is away is the caller's to hear."""
        while not self.stopping and self.step():
            pass
        self.delivery.close()

    def step(self) -> bool:
        """One email; False if none is due. The mail server is called before an email is taken."""
        queue.recover(repeatable=self.delivery.repeatable)
        if not queue.has_due():
            return False
        self.delivery.open()
        email = queue.take(self.lease)
        if email is None:
            return False
        note, reason = self.send(email)
        self.settle(note, email, reason)
        return True

    def send(self, email):
        """What is to be noted about the email, and why."""
        try:
            self.delivery.send(email)
        except Refused as error:
            return queue.undeliverable, str(error)
        except NotNow as error:
            return queue.later, str(error)
        except Unclear as error:
            return queue.uncertain, str(error)
        except Exception as error:
            logger.exception("email %s could not be written", email.pk)
            return queue.later, repr(error)
        return queue.sent, ""

    def settle(self, note, email, reason):
        """What became of the email is known only here: insist until the database has heard of it."""
        self.counts[note.__name__] += 1
        logger.info("email %s: %s %s", email.pk, note.__name__, reason)
        while True:
            with self.patience():
                return note(email, reason)
            if self.stopping:
                return False

    @contextmanager
    def patience(self):
        """A database or mail server that is away comes back: wait, longer each time, and go on."""
        try:
            yield
            self.failures = 0
        except (OperationalError, InterfaceError) as error:
            connection.close()
            self.wait_out(error)
        except NotNow as error:
            self.wait_out(error)

    def wait_out(self, error):
        self.failures += 1
        logger.warning("waiting: %s", error)
        self.pause(min(2**self.failures / 2, LONGEST_PAUSE))

    def pause(self, seconds):
        """Sleeps in beats, so that being told to stop is heard."""
        until = time.monotonic() + seconds
        while not self.stopping and (left := until - time.monotonic()) > 0:
            time.sleep(min(BEAT, left))
