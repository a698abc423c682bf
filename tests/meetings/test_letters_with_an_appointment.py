"""A letter brings its meeting into the calendar: called, moved, called off, one event all its life."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from foundation.actions import Actor
from foundation.mail.models import Email
from meetings.actions import letters, meetings
from meetings.calendar import feed_of_person
from meetings.states import MeetingState, Mode
from tests import builders


@pytest.fixture
def called(group, suzuki, member, expert, first_meeting):
    """Sato and Tanaka's second meeting, called and read."""
    meeting = builders.make_meeting(group=group, number=2, state=MeetingState.DRAFT, announced_at=None)
    builders.make_survey(meeting=meeting)
    meetings.announce(meeting=meeting, by=Actor(suzuki), seen=meeting.version)
    meeting.refresh_from_db()
    return meeting


def appointments(user):
    """Every event that came by mail to this person, oldest first, and what it was sent for."""
    found = []
    for email in Email.objects.filter(to=user).exclude(calendar="").order_by("pk"):
        calendar = Calendar.from_ical(email.calendar)
        (event,) = calendar.walk("VEVENT")
        found.append((str(calendar["METHOD"]), event))
    return found


def test_the_call_brings_day_and_place(called, sato):
    ((method, event),) = appointments(sato)
    assert (method, str(event["STATUS"]), event["DTSTART"].dt) == ("PUBLISH", "CONFIRMED", called.starts_at)
    assert str(event["SUMMARY"]) == "第2回DX推進部会"


def test_moved_and_called_off_it_stays_one_event_that_counts_up(called, sato, suzuki, leave):
    leave()
    starts_at = called.starts_at + timedelta(days=7)
    meetings.edit_meeting(meeting=called, by=Actor(suzuki), seen=called.version, starts_at=starts_at, ends_at=None)
    leave()
    called.refresh_from_db()
    meetings.cancel(meeting=called, by=Actor(suzuki), seen=called.version, reason="台風の接近")
    found = appointments(sato)
    assert [method for method, _event in found] == ["PUBLISH", "PUBLISH", "CANCEL"]
    assert len({str(event["UID"]) for _method, event in found}) == 1
    counts = [int(event["SEQUENCE"]) for _method, event in found]
    assert counts == sorted(set(counts))
    assert [str(event["STATUS"]) for _method, event in found] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]


def test_what_came_by_mail_is_what_the_own_calendar_reads(called, member, sato):
    ((_method, mailed),) = appointments(sato)
    events = Calendar.from_ical(feed_of_person(member)).walk("VEVENT")
    (read,) = [event for event in events if event["UID"] == mailed["UID"]]
    assert (mailed["UID"], mailed["SEQUENCE"], mailed["DTSTART"]) == (
        read["UID"],
        read["SEQUENCE"],
        read["DTSTART"],
    )


def test_on_the_eve_only_those_online_are_told_where(called, member, sato, expert, tanaka, leave):
    called.online_url = "https://meet.example/dx"
    called.save()
    for person, mode in ((member, Mode.VENUE), (expert, Mode.ONLINE)):
        builders.make_reply(survey=called.survey, membership=person, mode=mode, said_for=called.starts_at)
    leave()
    letters.write_eve(meeting=called, by=Actor(None))
    told = {user: str(appointments(user)[-1][1]["DESCRIPTION"]) for user in (sato, tanaka)}
    assert {user: "https://meet.example/dx" in text for user, text in told.items()} == {sato: False, tanaka: True}


def test_a_town_whose_gateway_holds_files_back_sends_none(settings, group, suzuki, member, first_meeting):
    settings.MAIL_CALENDAR = False
    meeting = builders.make_meeting(group=group, number=2, state=MeetingState.DRAFT, announced_at=None)
    builders.make_survey(meeting=meeting)
    meetings.announce(meeting=meeting, by=Actor(suzuki), seen=meeting.version)
    assert list(Email.objects.values_list("calendar", flat=True)) == [""]
