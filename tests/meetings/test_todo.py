"""What the home page tells somebody to do about meetings."""

import pytest
from django.db.models import F
from django.utils import timezone

from meetings.models import Meeting, Survey
from meetings.states import MeetingState, Mode
from meetings.todo import todo
from members.states import Category
from tests import builders

pytestmark = pytest.mark.django_db


def told(user):
    return [(item.text, item.url) for item in todo(user)]


def test_a_member_is_asked_to_answer_until_she_has(sato, member, survey, give):
    assert told(sato) == [("第2回DX推進部会の出欠を回答する", "/groups/dx-now/meetings/2/answer/")]
    assert todo(sato)[0].due == survey.closes_at
    give(mode=Mode.ABSENT)
    assert told(sato) == []


def test_who_answered_for_another_day_is_asked_again(sato, member, survey, give):
    give(mode=Mode.VENUE)
    Meeting.objects.update(starts_at=F("starts_at") + timezone.timedelta(hours=1))
    assert [text for text, _url in told(sato)] == ["第2回DX推進部会の出欠を回答する"]


def test_after_the_deadline_nobody_is_asked(sato, member, survey):
    now = timezone.now()
    Survey.objects.update(opens_at=now - timezone.timedelta(days=2), closes_at=now)
    assert told(sato) == []


def test_an_extension_asks_on(sato, member, survey):
    now = timezone.now()
    until = now + timezone.timedelta(days=1)
    survey.extensions.create(membership=member, until=until)
    Survey.objects.update(opens_at=now - timezone.timedelta(days=2), closes_at=now)
    assert [item.due for item in todo(sato)] == [until]


def test_observers_strangers_and_the_desk_are_not_asked(group, survey, stranger, suzuki):
    observer = builders.make_membership(group=group, category=Category.OBSERVER).user
    assert [told(user) for user in (observer, stranger, suzuki)] == [[], [], []]


def test_the_desk_is_asked_to_announce_what_it_planned(group, suzuki, sato):
    meeting = builders.make_meeting(group=group, number=1, state=MeetingState.DRAFT)
    assert told(suzuki) == [("第1回DX推進部会の開催通知を送る", "/groups/dx-now/desk/meetings/1/")]
    assert told(sato) == []
    meeting.starts_at, meeting.ends_at, meeting.date_note = None, None, "9月上旬"
    meeting.save()
    assert todo(suzuki)[0].note == "開催予定：9月上旬"


@pytest.mark.parametrize("meetings", [1, 3])
def test_it_takes_the_same_queries_for_any_number(suzuki, group, meetings, django_assert_num_queries):
    for number in range(1, meetings + 1):
        builders.make_meeting(group=group, number=number, state=MeetingState.DRAFT)
    with django_assert_num_queries(4):
        assert len(todo(suzuki)) == meetings
