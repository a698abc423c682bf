"""What is done by the clock: each time that has come becomes one job, whoever looks and however many.

    NIGHTLY = ClockRule("http.clear_sessions", Daily(time(3)))

A time that passed while no worker ran is made up for once, not as often as it passed.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from foundation.db import clock
from foundation.jobs.queue import enqueue


class Schedule(Protocol):
    def last(self, now: dt.datetime) -> dt.datetime:
        """The newest of its times that is not in the future."""


@dataclass(frozen=True)
class Daily:
    at: dt.time

    def last(self, now: dt.datetime) -> dt.datetime:
        today = timezone.localtime(now)
        moment = today.replace(hour=self.at.hour, minute=self.at.minute, second=0, microsecond=0)
        return moment if moment <= today else moment - dt.timedelta(days=1)


@dataclass(frozen=True)
class Every:
    pause: dt.timedelta

    def last(self, now: dt.datetime) -> dt.datetime:
        since = now.timestamp()
        return dt.datetime.fromtimestamp(since - since % self.pause.total_seconds(), tz=dt.UTC)


@dataclass(frozen=True)
class ClockRule:
    kind: str
    schedule: Schedule
    payload: dict[str, Any] = field(default_factory=dict)


class Clock:
    """One worker's look at the rules; it asks the database only when a time has come that it has not seen."""

    def __init__(self) -> None:
        self.seen: dict[str, dt.datetime] = {}

    def strike(self) -> None:
        now = clock.now()
        for name in settings.JOB_RULES:
            rule = import_string(name)
            moment = rule.schedule.last(now)
            if self.seen.get(name) != moment:
                with transaction.atomic():
                    enqueue(
                        kind=rule.kind, key=f"{name} {moment.isoformat()}", payload=rule.payload, due_at=moment
                    )
                self.seen[name] = moment
