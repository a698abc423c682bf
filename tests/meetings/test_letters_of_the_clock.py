"""Each working morning the machine reminds who has not answered, and tells who comes that it is tomorrow."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from foundation.actions import SYSTEM
from foundation.calendar import wareki
from foundation.calendar.workdays import TOKYO
from foundation.db import clock
from foundation.jobs.models import Job
from foundation.jobs.registry import kinds
from meetings.actions import letters
from meetings.jobs import write_on
from meetings.models import Letter, Meeting, Survey
from meetings.proposals import reminds_on
from meetings.states import MeetingState, Mode
from members import working_days
from members.models import ClosedDay, PersonalLink
from tests import builders


@pytest.fixture
def today():
    return clock.today()


@pytest.fixture
def meeting(group, member, expert, first_meeting):
    """In ten working days; Sato and Tanaka were told long ago."""
    day = working_days.workdays_after(clock.today(), 10)
    starts_at = datetime.combine(day, time(13), TOKYO)
    meeting = builders.make_meeting(
        group=group, number=2, starts_at=starts_at, announced_at=timezone.now() - timedelta(days=20)
    )
    builders.make_survey(meeting=meeting, closes_at=starts_at - timedelta(days=1))
    for person in (member, expert):
        PersonalLink.objects.create(membership=person, purpose="meeting", code_hash=str(person.pk))
        builders.make_letter(meeting=meeting, membership=person)
    return Meeting.objects.select_related("survey", "group").get(pk=meeting.pk)


def written():
    rows = Letter.objects.waiting().order_by("pk").select_related("membership__user")
    return [(letter.kind, letter.membership.user.family_name) for letter in rows]


def closes_on(meeting, day):
    Survey.objects.filter(meeting=meeting).update(closes_at=datetime.combine(day, time(17), TOKYO))
    return Meeting.objects.select_related("survey").get(pk=meeting.pk)


def test_the_reminder_comes_on_the_working_day_before_the_deadline(meeting, today):
    deadline = working_days.workdays_after(today, 3)
    assert reminds_on(closes_on(meeting, deadline)) == working_days.workdays_before(deadline, 1)


def test_whoever_reminds_by_hand_reads_when_the_machine_does(as_, suzuki, meeting, today):
    deadline = working_days.workdays_after(today, 5)
    closes_on(meeting, deadline)
    page = "/groups/dx-now/desk/meetings/2/remind/"
    day = wareki.date(working_days.workdays_before(deadline, 1))
    assert f"{day}の朝に、自動で再案内を送ります。" in as_(suzuki).get(page).text
    Survey.objects.update(reminds=False)
    assert "自動で再案内を送ります" not in as_(suzuki).get(page).text


def test_no_reminder_follows_a_call_at_once(meeting, today):
    meeting = closes_on(meeting, working_days.workdays_after(today, 1))
    meeting.announced_at = timezone.now()
    assert reminds_on(meeting) is None


def test_the_desk_may_say_that_none_is_sent(meeting):
    Survey.objects.update(reminds=False)
    assert reminds_on(Meeting.objects.select_related("survey").get(pk=meeting.pk)) is None


def test_who_has_not_answered_is_reminded_once(meeting, member):
    builders.make_reply(survey=meeting.survey, membership=member)
    for _ in range(2):
        letters.remind_by_the_clock(meeting=meeting, by=SYSTEM)
    assert written() == [("remind", "田中")]


def test_who_was_never_called_is_not_reminded(meeting, group):
    builders.make_membership(group=group)
    letters.remind_by_the_clock(meeting=meeting, by=SYSTEM)
    assert written() == [("remind", "佐藤"), ("remind", "田中")]


@pytest.fixture
def survey(meeting):
    return meeting.survey


def test_who_answers_before_it_leaves_is_not_reminded(meeting, give):
    letters.remind_by_the_clock(meeting=meeting, by=SYSTEM)
    give()
    assert written() == [("remind", "田中")]


def test_d29_who_comes_is_told_on_the_eve_once_and_who_does_not_is_not(meeting, member, expert):
    builders.make_reply(survey=meeting.survey, membership=member)
    builders.make_reply(survey=meeting.survey, membership=expert, mode=Mode.ABSENT)
    for _ in range(2):
        letters.write_eve(meeting=meeting, by=SYSTEM)
    assert written() == [("eve", "佐藤")]


@pytest.mark.parametrize(("mode", "is_there"), [(Mode.ONLINE, True), (Mode.VENUE, False)])
def test_the_online_address_reaches_those_who_come_online(meeting, member, mode, is_there):
    Meeting.objects.filter(pk=meeting.pk).update(online_url="https://online.example/1")
    builders.make_reply(survey=meeting.survey, membership=member, mode=mode)
    letters.write_eve(meeting=meeting, by=SYSTEM)
    body = Letter.objects.get(kind="eve").email.body
    assert ("https://online.example/1" in body) == is_there


@pytest.mark.parametrize("action", [letters.remind_by_the_clock, letters.write_eve])
def test_of_a_cancelled_meeting_nobody_is_told(meeting, member, action):
    builders.make_reply(survey=meeting.survey, membership=member)
    Meeting.objects.update(state=MeetingState.CANCELLED)
    assert (action(meeting=meeting, by=SYSTEM), written()) == (0, [])


@pytest.fixture
def working_day(today):
    return working_days.workdays_after(today, 2)


def test_on_a_working_morning_those_of_its_day_are_written(meeting, working_day):
    closes_on(meeting, working_days.workdays_after(working_day, 1))
    write_on(working_day)
    assert written() == [("remind", "佐藤"), ("remind", "田中")]


def test_on_another_morning_they_are_not(meeting, working_day):
    closes_on(meeting, working_days.workdays_after(working_day, 2))
    write_on(working_day)
    assert written() == []


def test_on_the_working_day_before_the_meeting_who_comes_is_told(meeting, member):
    builders.make_reply(survey=meeting.survey, membership=member)
    meeting = closes_on(meeting, working_days.workdays_before(meeting.day, 3))
    write_on(working_days.workdays_before(meeting.day, 1))
    assert written() == [("eve", "佐藤")]


def test_on_a_closed_day_nobody_is_written_to(meeting, working_day):
    closes_on(meeting, working_days.workdays_after(working_day, 1))
    ClosedDay.objects.create(day=working_day, label="閉庁日")
    write_on(working_day)
    assert written() == []


def test_the_worker_does_it(meeting):
    kinds()["meetings.write_letters"].handle(Job())
