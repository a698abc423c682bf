"""Wakes a worker the moment somebody has committed a job.

It needs a connection that stays the worker's own: the embedded database's, or the one of DATABASE_DIRECT_URL.
Behind a pool in transaction mode LISTEN hears nothing, and without the variable nobody knows what stands before
the database: then the worker looks by itself, every half second. So it does while the bell's connection is away.
"""

import logging
import select
import time
from collections.abc import Callable
from typing import Any

import psycopg2
from django.conf import settings
from django.db import connection

from foundation.jobs.queue import CHANNEL

logger = logging.getLogger(__name__)

# Seconds between two looks, and between two questions whether to stop: cheap enough to go on for ever.
BEAT = 0.5
# Seconds between two looks of a worker that would be woken: for what falls due by the clock.
CALM = 5
RECONNECT_AFTER = 10


class Bell:
    def __init__(self) -> None:
        self.line: Any = None
        self.reconnect_at = 0.0

    def wait(self, stopping: Callable[[], bool]) -> None:
        """Until it rings, or it is time to look anyway, or the worker is to stop."""
        line = self.listen()
        until = time.monotonic() + (CALM if line else BEAT)
        while not stopping() and (left := until - time.monotonic()) > 0:
            if line is None:
                time.sleep(min(BEAT, left))
            elif self.rings(min(BEAT, left)) or self.line is None:
                return

    def listen(self) -> Any:
        """The connection, made anew if it is time to; None where there is none."""
        if self.line is None and time.monotonic() >= self.reconnect_at:
            self.reconnect_at = time.monotonic() + RECONNECT_AFTER
            try:
                self.line = connect()
            except psycopg2.Error as error:
                logger.warning("no bell: %s", error)
        return self.line

    def rings(self, seconds: float) -> bool:
        try:
            if select.select([self.line], [], [], seconds)[0]:
                self.line.poll()
            rung = bool(self.line.notifies)
            self.line.notifies.clear()
        except psycopg2.Error as error:
            logger.warning("the bell is gone: %s", error)
            self.close()
            return False
        return rung

    def close(self) -> None:
        if self.line is not None:
            self.line.close()
            self.line = None


def connect() -> Any:
    """None where no connection is known to be the worker's own."""
    if settings.DATABASE_DIRECT_URL:
        line = psycopg2.connect(settings.DATABASE_DIRECT_URL)
    elif "data_dir" in connection.settings_dict["OPTIONS"]:
        line = psycopg2.connect(**connection.get_connection_params())
    else:
        return None
    line.autocommit = True
    with line.cursor() as cursor:
        cursor.execute(f"LISTEN {CHANNEL}")
    return line
