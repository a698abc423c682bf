"""When that leaves for which nobody waits: in office hours, and of one sender once a day to each."""

from collections.abc import Collection
from datetime import datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

from foundation.calendar.workdays import TOKYO
from foundation.db import clock
from foundation.mail import bundles
from members import working_days
from members.senders import Sender


def leaves_at(now: datetime) -> datetime:
    """In office hours, and never before there was time to take it back."""
    ready = now + settings.MAIL_GRACE
    return working_days.next_office_moment(ready) if settings.MAIL_IN_OFFICE_HOURS else ready


def moments(people: Collection[int], sender: Sender) -> dict[int, datetime]:
    """For each of these people; part of the transaction that writes to them.

    What waits for the same day waits for this one too. Who had something on that day already has this on the next
    working morning. The demo, whose visitors wait for their emails, knows no such day.
    """
    at = leaves_at(clock.now())
    day = datetime.combine(timezone.localdate(at), time(), TOKYO)
    bundles.hold_back(people, since=day, until=at, **sender)
    told = bundles.had_one(people, since=day, **sender) if settings.MAIL_IN_OFFICE_HOURS else set()
    if not told:
        return dict.fromkeys(people, at)
    next_morning = working_days.next_office_moment(day + timedelta(days=1))
    return {pk: next_morning if pk in told else at for pk in people}
