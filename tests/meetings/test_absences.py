"""Whoever was absent hears in a minute what they missed: from rows, once, and never what is not so."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from foundation.actions import Actor
from foundation.calendar import wareki
from foundation.calendar.wareki import TOKYO
from foundation.mail.models import Email
from meetings.absences import in_short, missed_by
from meetings.actions import absences, assignments, elections, letters, meetings, roll
from meetings.models import Letter, Meeting
from meetings.states import MeetingState, Mode
from tests import builders

YESTERDAY = timezone.now() - timedelta(days=1)


@pytest.fixture
def held(group, member, expert):
    """Sato was absent, Tanaka online."""
    meeting = builders.make_meeting(group=group, number=1, state=MeetingState.HELD, starts_at=YESTERDAY)
    for order, (person, mode) in enumerate([(member, Mode.ABSENT), (expert, Mode.ONLINE)], 1):
        category = person.terms.get().category
        meeting.roll.create(membership=person, mode=mode, name=str(person.user), category=category, order=order)
    return meeting


@pytest.fixture
def item(held):
    return builders.make_item(meeting=held, title="部会長の互選")


@pytest.fixture
def by(suzuki):
    return Actor(suzuki)


@pytest.fixture
def elected(held, item, expert, by):
    return elections.record_election(meeting=held, by=by, item=item, elected=expert)


def body():
    (letter,) = Letter.objects.waiting().filter(kind="in_short")
    return letter.email.body


def url(meeting, name):
    return reverse(f"meetings:{name}", args=[meeting.group.slug, meeting.number])


def test_it_tells_what_was_decided_what_is_to_be_done_and_when_it_goes_on(held, item, elected, member, by):
    coming = builders.make_meeting(group=held.group, number=2)
    words = {"title": "データを一つ", "summary_text": "作る", "detail_text": "作る"}
    assignments.set_assignment(meeting=held, by=by, item=item, due_meeting=coming, **words)
    told = in_short(held, member)
    day = wareki.date(coming.starts_at)
    assert told.decisions == ["部会長に田中 三郎様を選出"]
    assert told.tasks == [f"データを一つ（第2回 {day}まで）"]
    assert told.upcoming == f"第2回 {day} 午後1時～3時15分 見本市役所 大会議室"


def test_of_what_there_is_not_it_says_nothing(held, member, by):
    told = in_short(held, member)
    assert (told.decisions, told.tasks, told.upcoming, told.says_more) == ([], [], "", False)
    absences.tell_the_absent(meeting=held, by=by)
    assert [word for word in ("決まったこと", "お願いすること", "【次回】") if word in body()] == []


def test_who_is_exempt_is_not_asked(held, item, member, by):
    words = {"title": "データを一つ", "summary_text": "作る", "detail_text": "作る"}
    due = {"due_at": datetime(2030, 4, 1, 17, tzinfo=TOKYO)}
    task = assignments.set_assignment(meeting=held, by=by, item=item, **words, **due)
    assert in_short(held, member).tasks == ["データを一つ（令和12年4月1日（月） 午後5時まで）"]
    assignments.exempt(assignment=task, membership=member, by=by, reason="育児休業")
    assert in_short(held, member).tasks == []


def test_of_a_plan_that_nobody_heard_of_the_day_is_not_told(held, member):
    planned = builders.make_meeting(group=held.group, number=2, state=MeetingState.DRAFT)
    assert in_short(held, member).upcoming == "第2回（日程は、改めてお知らせします。）"
    held.snapshot = {"members": {}, "next": {"number": 2, "starts_at": planned.starts_at.isoformat()}}
    assert in_short(held, member).upcoming.startswith(f"第2回 {wareki.date(planned.starts_at)}")


# The mail


def test_the_desk_looks_at_it_and_tells_each_absent_person_once(held, elected, sato, suzuki, as_):
    desk, page = as_(suzuki), url(held, "tell_the_absent")
    shown = desk.get(page).content.decode()
    assert ("佐藤 花子" in shown, "田中 三郎 様" in shown, "部会長に田中 三郎様を選出" in shown) == (
        True,
        False,
        True,
    )
    assert Email.objects.count() == 0
    for _press in range(2):
        desk.post(page)
    (letter,) = Letter.objects.filter(kind="in_short")
    assert (letter.email.to, letter.email.subject) == (sato, "第1回DX推進部会の要点のお知らせ")
    assert "お知らせする方はいません" in desk.get(page).content.decode()


def test_before_it_leaves_it_can_be_taken_back_and_told_again(held, elected, by):
    absences.tell_the_absent(meeting=held, by=by)
    letters.withdraw_letters(meeting=held, by=by, letters=[Letter.objects.get().pk])
    assert (Letter.objects.waiting().count(), Meeting.objects.get().state) == (0, MeetingState.HELD)
    assert absences.tell_the_absent(meeting=held, by=by) == 1


def test_what_was_corrected_before_it_leaves_is_told_as_it_is_now(held, elected, member, expert, item, by):
    absences.tell_the_absent(meeting=held, by=by)
    new = {"elected": member, "office": "chair", "item": item}
    elections.correct_election(election=elected, by=by, seen=elected.version, **new)
    assert ("佐藤 花子さん" in body(), "田中 三郎様" in body()) == (True, False)


def test_what_comes_next_is_told_as_it_is_now(held, by):
    coming = builders.make_meeting(group=held.group, number=2)
    builders.make_survey(meeting=coming)
    absences.tell_the_absent(meeting=held, by=by)
    moved = coming.starts_at + timedelta(days=1)
    details = {"starts_at": moved, "ends_at": None, "building": "見本市役所", "room": "大会議室"}
    meetings.edit_meeting(meeting=coming, by=by, seen=coming.version, **details)
    assert wareki.date(moved) in body()


def test_who_was_there_after_all_hears_nothing(held, member, by):
    absences.tell_the_absent(meeting=held, by=by)
    roll.mark(meeting=held, membership=member, by=by, mode=Mode.VENUE)
    assert Letter.objects.waiting().count() == 0


def test_of_what_was_not_held_after_all_nobody_hears(held, by):
    absences.tell_the_absent(meeting=held, by=by)
    roll.reopen(meeting=held, by=by, seen=held.version)
    assert Letter.objects.waiting().count() == 0


def test_only_of_what_was_held_there_is_something_to_tell(group, by, suzuki, as_):
    meeting = builders.make_meeting(group=group)
    with pytest.raises(ValidationError, match="開催済みの会議についてだけ"):
        absences.tell_the_absent(meeting=meeting, by=by)
    assert as_(suzuki).get(url(meeting, "tell_the_absent")).status_code == 302


# At home


def test_it_stands_on_the_home_page_of_who_was_absent_until_the_next_was_held(held, elected, sato, tanaka, as_):
    assert "決まったこと：部会長に田中 三郎様を選出" in as_(sato).get("/").content.decode()
    assert "決まったこと" not in as_(tanaka).get("/").content.decode()
    builders.make_meeting(group=held.group, number=2, state=MeetingState.HELD, starts_at=YESTERDAY)
    assert missed_by(sato) == []


def test_after_a_season_it_is_no_news(held, sato):
    Meeting.objects.update(held_from=YESTERDAY - timedelta(days=90), held_to=YESTERDAY)
    assert missed_by(sato) == []
