"""The appointment as every calendar reads it."""

from datetime import timedelta

from django.conf import settings
from icalendar import Calendar, Event

from foundation.db import clock
from meetings.models import Meeting
from meetings.states import Mode


def entry(meeting: Meeting, *, mode: str | None) -> bytes:
    """One event. The online address stands in it only for those who come online."""
    if meeting.starts_at is None:
        raise ValueError("only an announced meeting has an entry, and it has a day")
    event = Event()
    # The same event after a change of time: calendars replace it.
    event.add("uid", f"meeting-{meeting.pk}@{settings.SITE_URL.partition('//')[2]}")
    event.add("sequence", meeting.version)
    event.add("dtstamp", clock.now())
    event.add("summary", str(meeting))
    event.add("dtstart", meeting.starts_at)
    event.add("dtend", meeting.ends_at or meeting.starts_at + timedelta(hours=1))
    event.add("location", meeting.place)
    if mode == Mode.ONLINE and meeting.online_url:
        event.add("url", meeting.online_url)
    calendar = Calendar()
    calendar.add("prodid", "-//dxbukai//JA")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return calendar.to_ical()
