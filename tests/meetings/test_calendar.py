"""One meeting in somebody's calendar, from its plan to its end: read by a parser that is not ours."""

from datetime import timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from foundation.actions import Actor
from foundation.calendar.workdays import TOKYO
from meetings import calendar
from meetings.actions import agenda, meetings, replies, surveys
from meetings.models import Meeting
from meetings.states import MeetingState, Mode
from members import links
from members.actions.links import personal_link
from members.models import MembershipTerm
from members.states import Purpose
from tests import builders

pytestmark = pytest.mark.django_db
FILE = "/groups/dx-now/meetings/2/calendar.ics"
URL = "https://meet.example.jp/abc"
DAY = timedelta(days=1)


def parsed(content):
    """The calendar, and the one event in it."""
    found = Calendar.from_ical(content)
    (event,) = found.walk("VEVENT")
    return found, event


@pytest.fixture
def event(as_, sato, survey):
    """`event()`: what Sato's file says now."""
    return lambda: parsed(as_(sato).get(FILE).content)[1]


@pytest.fixture
def edit(suzuki, meeting):
    def write(**details):
        now = Meeting.objects.get(pk=meeting.pk)
        return meetings.edit_meeting(meeting=now, by=Actor(suzuki), seen=now.version, **details)

    return write


@pytest.fixture
def cancel(suzuki, meeting):
    def call_off():
        now = Meeting.objects.get(pk=meeting.pk)
        meetings.cancel(meeting=now, by=Actor(suzuki), seen=now.version, reason="大雨のため")

    return call_off


def test_what_the_file_says_of_an_announced_meeting(as_, sato, group, survey, meeting, settings):
    settings.SITE_URL = "https://dx.example.jp:8443"
    group.contact_email = "dx@example.jp"
    group.save()
    builders.make_item(meeting=meeting, title="申請の見直し")
    answer = as_(sato).get(FILE)
    found, event = parsed(answer.content)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert (found["method"], found["version"], event["status"]) == ("PUBLISH", "2.0", "CONFIRMED")
    assert event["uid"] == f"meeting-{meeting.pk}@dx.example.jp"
    assert (event["summary"], event["location"]) == ("第2回DX推進部会", "見本市役所 大会議室")
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (meeting.starts_at, meeting.ends_at)
    assert event["url"] == "https://dx.example.jp:8443/groups/dx-now/meetings/2/"
    assert (event["organizer"], event["organizer"].params["CN"]) == ("mailto:dx@example.jp", "DX推進部会")
    lines = event["description"].split("\n")
    assert lines[:2] == ["議題：", "1. 申請の見直し"]
    assert [line.partition("：")[0] for line in lines[2:]] == ["出欠の回答期限", "お問い合わせ"]


def test_a_group_without_an_address_is_no_organizer(event):
    assert "organizer" not in event()


@pytest.mark.parametrize(
    "address", ["https://dx.example.jp", "https://dx.example.jp:8443", "http://dx.example.jp:80"]
)
def test_the_name_of_the_event_knows_no_port(event, meeting, settings, address):
    settings.SITE_URL = address
    assert event()["uid"] == f"meeting-{meeting.pk}@dx.example.jp"


def test_only_who_comes_online_has_the_online_address(event, edit, give):
    edit(online_url=URL)
    told = [URL in event().to_ical().decode().replace("\r\n ", "")]
    give(mode=Mode.ONLINE)
    told.append(URL in event().to_ical().decode().replace("\r\n ", ""))
    give(mode=Mode.VENUE, version=1)
    told.append(URL in event().to_ical().decode().replace("\r\n ", ""))
    assert told == [False, True, False]


# From the plan to the end


@pytest.fixture
def life(edit, cancel, give, suzuki, survey, member, meeting):
    """What can become of an announced meeting, each with what the file says of it then."""

    def now():
        return Meeting.objects.get(pk=meeting.pk)

    def extend(until):
        replies.extend(survey=survey, membership=member, by=desk, until=until)

    desk, later = Actor(suzuki), meeting.starts_at + DAY
    until = survey.closes_at + DAY
    asked = {"sections": [], "themes": []}
    return {
        "moved": lambda: edit(starts_at=later, ends_at=later + DAY / 24),
        "in another room": lambda: edit(room="第2会議室"),
        "with a theme": lambda: edit(theme="申請"),
        "with an item": lambda: agenda.add_item(meeting=now(), by=desk, title="議題"),
        "with another deadline": lambda: surveys.set_survey(meeting=now(), by=desk, closes_at=until, **asked),
        "answered": lambda: give(mode=Mode.ONLINE),
        "given more time": lambda: replies.extend(
            survey=survey, membership=member, by=desk, until=until + DAY / 24
        ),
        "given even more": lambda: replies.extend(
            survey=survey, membership=member, by=desk, until=until + DAY / 12
        ),
        "cancelled": cancel,
    }


def test_d30_one_event_all_its_life_counted_up_with_each_change(event, life):
    found = {"announced": event()}
    for name, change in life.items():
        change()
        found[name] = event()
    counts = [int(each["sequence"]) for each in found.values()]
    assert counts == sorted(set(counts))
    changed = [each.decoded("last-modified") for each in found.values()]
    assert changed == sorted(changed)
    assert {each["uid"] for each in found.values()} == {found["announced"]["uid"]}
    assert {name: each["status"] for name, each in found.items()} == dict.fromkeys(
        ["announced", *life], "CONFIRMED"
    ) | {"cancelled": "CANCELLED"}


def test_d8_at_midnight_it_is_the_same_day_on_the_page_and_in_every_calendar(event, edit, as_, sato, meeting):
    begins = timezone.localtime(meeting.starts_at).replace(hour=0, minute=0)
    edit(starts_at=begins, ends_at=begins + timedelta(hours=2))
    assert event().decoded("dtstart").astimezone(TOKYO) == begins
    page = as_(sato).get("/groups/dx-now/meetings/2/").content.decode()
    assert f"{begins.month}月{begins.day}日（" in page


def test_what_is_only_planned_is_tentative(group):
    planned = builders.make_meeting(group=group, state=MeetingState.DRAFT)
    assert calendar.event_of(planned, None, contact="")["status"] == "TENTATIVE"


def test_without_a_day_there_is_no_entry(group):
    planned = builders.make_meeting(group=group, state=MeetingState.DRAFT)
    planned.starts_at = None
    with pytest.raises(ValueError, match="has a day"):
        calendar.event_of(planned, None, contact="")


def test_a_meeting_that_was_held_stands_at_the_time_that_it_took(event, meeting):
    meeting.held_from = meeting.starts_at + timedelta(minutes=5)
    meeting.held_to = meeting.starts_at + timedelta(minutes=95)
    meeting.state, meeting.snapshot = MeetingState.HELD, {"members": {}, "next": None}
    meeting.save()
    held = event()
    assert (held.decoded("dtstart"), held.decoded("dtend")) == (meeting.held_from, meeting.held_to)
    assert "回答期限" not in held["description"]


def test_without_an_end_it_takes_an_hour(event, edit, meeting):
    edit(ends_at=None)
    assert event().decoded("dtend") == meeting.starts_at + timedelta(hours=1)


def test_it_tells_when_it_was_last_changed(event, edit, meeting):
    before = timezone.now().replace(microsecond=0)
    Meeting.objects.filter(pk=meeting.pk).update(changed_at=before - DAY)
    assert event().decoded("last-modified") == before - DAY
    edit(room="第2会議室")
    told = event()
    assert told.decoded("last-modified") >= before
    assert told.decoded("dtstamp") == told.decoded("last-modified")


def test_asked_again_the_file_is_the_same(as_, sato, survey):
    assert as_(sato).get(FILE).content == as_(sato).get(FILE).content


# Called off


def test_the_file_of_a_cancelled_meeting_takes_it_out_of_the_calendar(as_, sato, survey, edit, cancel):
    edit(online_url=URL)
    cancel()
    found, event = parsed(as_(sato).get(FILE).content)
    assert (found["method"], event["status"], event["summary"]) == (
        "CANCEL",
        "CANCELLED",
        "【中止】第2回DX推進部会",
    )
    assert event["description"].startswith("この会議は中止になりました。\nお問い合わせ：")
    assert event["url"].endswith("/groups/dx-now/")


def test_so_it_does_by_personal_link(client, survey, member, suzuki, cancel):
    token = links.token(personal_link(membership=member, purpose=Purpose.MEETING, by=Actor(suzuki)))
    cancel()
    assert parsed(client.get(f"/a/{token}/meetings/2/calendar.ics").content)[0]["method"] == "CANCEL"
    assert "の会議は、中止になりました。" in client.get(f"/a/{token}/meetings/2/").content.decode()


def test_a_number_that_is_given_again_is_that_of_the_new_meeting(event, cancel, group):
    cancel()
    planned = builders.make_meeting(group=group, number=2, state=MeetingState.DRAFT)
    builders.make_survey(meeting=planned)
    assert event()["status"] == "CANCELLED"
    planned.state, planned.announced_at = MeetingState.ANNOUNCED, timezone.now()
    planned.save()
    assert (event()["status"], event()["uid"].partition("@")[0]) == ("CONFIRMED", f"meeting-{planned.pk}")


def test_of_two_that_were_called_off_it_is_that_of_the_newer(event, cancel, group, suzuki):
    cancel()
    for _ in range(2):
        newer = builders.make_meeting(group=group, number=2)
        builders.make_survey(meeting=newer)
        meetings.cancel(meeting=newer, by=Actor(suzuki), seen=1, reason="取りやめ")
        assert event()["uid"].partition("@")[0] == f"meeting-{newer.pk}"


def test_what_was_called_off_before_anybody_heard_of_it_has_no_file(as_, sato, member, group, suzuki):
    planned = builders.make_meeting(group=group, number=2, state=MeetingState.DRAFT)
    builders.make_survey(meeting=planned)
    meetings.cancel(meeting=planned, by=Actor(suzuki), seen=1, reason="取りやめ")
    assert as_(sato).get(FILE).status_code == 404


def test_nor_has_it_one_for_who_takes_no_part(as_, survey, cancel, stranger):
    cancel()
    assert as_(stranger).get(FILE).status_code == 404


def test_who_left_before_it_is_not_given_it(as_, sato, member, survey, cancel):
    cancel()
    MembershipTerm.objects.filter(membership=member).update(valid_to=timezone.localdate())
    assert as_(sato).get(FILE).status_code == 403


# As it is written


HOSTILE = '会議;「A,B」\\n "引用" <b>&amp; 😀' + "長い名前" * 20


def test_signs_that_mean_something_to_a_calendar_are_text(event, edit, group):
    group.name, group.contact_email = HOSTILE[:60], "dx@example.jp"
    group.save()
    edit(theme=HOSTILE[:80], building=HOSTILE[:100], room="")
    found = event()
    assert (found["summary"], found["location"]) == (f"第2回{group.name}", HOSTILE[:100])
    assert found["description"].split("\n")[0] == f"テーマ：{HOSTILE[:80]}"
    assert found["organizer"].params["CN"] == group.name.replace('"', "”")


def test_no_line_is_longer_than_a_calendar_reads(as_, sato, survey, edit):
    edit(theme=HOSTILE[:80], building=HOSTILE[:100])
    content = as_(sato).get(FILE).content
    lines = content.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert b"\n" not in b"".join(lines)
    assert b"\r" not in b"".join(lines)
    assert lines[-1] == b""
