"""Whether enough came, by the rule of the charter; and a meeting to which too few did."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from foundation.actions import Actor
from foundation.audit.models import Event
from foundation.db import clock
from meetings import calendar, quorum
from meetings.actions import meetings, roll
from meetings.states import MeetingState, Mode
from members.models import WorkingGroup
from members.states import Quorum
from tests import builders
from tests.meetings.test_roll import BEGINNING, text, url

WHY = "出席者が定足数に達しなかったため"


@pytest.fixture
def meeting(group):
    return builders.make_meeting(group=group, starts_at=BEGINNING, announced_at=BEGINNING)


@pytest.fixture
def by(suzuki):
    return Actor(suzuki)


@pytest.mark.parametrize(
    ("rule", "needed"),
    [(Quorum.MAJORITY, [1, 2, 2, 5, 6]), (Quorum.HALF, [1, 1, 2, 5, 5]), (Quorum.TWO_THIRDS, [1, 2, 2, 6, 7])],
)
def test_how_many_must_come(rule, needed):
    assert [rule.needed(people) for people in (1, 2, 3, 9, 10)] == needed


@pytest.mark.parametrize(("substitutes", "present"), [(True, 2), (False, 1)])
def test_whether_who_stood_in_is_counted_is_the_charters(substitutes, present):
    group = WorkingGroup(quorum="majority", quorum_counts_substitutes=substitutes)
    people = [("venue", False), ("online", True), ("absent", False), (None, False)]
    found = quorum.standing(group, people)
    assert (found.people, found.needed, found.present, found.is_met) == (4, 3, present, False)
    assert found.lacking == 3 - present


def test_without_a_rule_nothing_is_said(meeting, member, as_, suzuki):
    assert quorum.standing(meeting.group, [("venue", False)]) is None
    assert "定足数は" not in text(as_(suzuki).get(url(meeting, "roll")))


def test_the_roll_says_how_many_are_lacking_and_the_day_asks_once(meeting, member, expert, as_, suzuki, by):
    WorkingGroup.objects.update(quorum="majority")
    desk, page = as_(suzuki), url(meeting, "roll")
    roll.mark(meeting=meeting, membership=member, by=by, mode=Mode.VENUE)
    roll.mark(meeting=meeting, membership=expert, by=by, mode=Mode.ABSENT)
    shown = text(desk.get(page))
    assert "定足数は2名の過半数（2名）です。出席は1名です。" in shown
    assert "あと1名の出席で成立します。" in shown
    held = {"day": "R3.5.18", "begins": "13:00", "ends": "15:00", "seen": meeting.version}
    assert "定足数（過半数、2名）に対し、出席者が1名です。" in text(desk.post(page, held))
    roll.mark(meeting=meeting, membership=expert, by=by, mode=Mode.ONLINE)
    assert "定足数に達しています" in text(desk.get(page))


# 流会


@pytest.fixture
def fallen(meeting, by):
    return meetings.abandon(meeting=meeting, by=by, seen=meeting.version, reason=WHY)


def test_too_few_came_and_it_stays_listed_and_its_number_is_given_again(meeting, member, as_, suzuki, sato):
    desk = as_(suzuki)
    desk.post(url(meeting, "abandon"), {"reason": WHY, "seen": meeting.version})
    listed = text(desk.get(reverse("desk", args=[meeting.group.slug])))
    assert ("流会" in listed, f"理由：{WHY}" in listed) == (True, True)
    assert "5月18日（火）の会議は、流会になりました。" in text(as_(sato).get(url(meeting, "meeting")))
    assert f"?number={meeting.number}" in listed


def test_it_is_taken_back_with_its_roll_and_recorded_again(meeting, member, as_, suzuki, by):
    roll.mark(meeting=meeting, membership=member, by=by, mode=Mode.VENUE)
    fallen = meetings.abandon(meeting=meeting, by=by, seen=meeting.version, reason=WHY)
    as_(suzuki).post(url(meeting, "resume"), {"seen": fallen.version})
    meeting.refresh_from_db()
    assert (meeting.state, meeting.called_off_reason, meeting.roll.count()) == (MeetingState.ANNOUNCED, "", 1)
    meetings.abandon(meeting=meeting, by=by, seen=meeting.version, reason=WHY)
    trail = Event.objects.filter(action__in=["meetings.abandon", "meetings.resume"]).order_by("pk")
    assert [(one.action, one.changes["reason"]) for one in trail] == [
        ("meetings.abandon", WHY),
        ("meetings.resume", WHY),
        ("meetings.abandon", WHY),
    ]


def test_what_was_made_again_stands_in_the_way_of_taking_it_back(fallen, by):
    again = meetings.create_meeting(group=fallen.group, by=by, number=fallen.number)
    with pytest.raises(ValidationError, match="この回の会議は既に登録されています。"):
        meetings.resume(meeting=fallen, by=by, seen=fallen.version)
    with pytest.raises(ValidationError, match="取り消すものがありません。"):
        meetings.resume(meeting=again, by=by, seen=again.version)


def test_before_its_day_nobody_knows_whether_enough_will_come(meeting, as_, suzuki):
    meeting.starts_at = clock.now() + timedelta(days=2)
    meeting.ends_at = None
    meeting.save()
    assert as_(suzuki).get(url(meeting, "abandon")).url == reverse("desk_meeting", args=[meeting.group.slug, 1])
    refused = as_(suzuki).post(url(meeting, "abandon"), {"reason": WHY, "seen": meeting.version})
    assert "流会として記録できるのは、開催日を迎えた会議だけです。" in text(refused)


def test_calendars_say_what_became_of_it(fallen):
    event = calendar.event_of(fallen, None, contact="事務局")
    assert (str(event["summary"]), str(event["status"])) == (f"【流会】{fallen}", "CANCELLED")
    assert str(event["description"]).startswith("この会議は流会になりました。")


@pytest.mark.parametrize("deed", [meetings.abandon, meetings.resume])
def test_only_the_desk_says_so(meeting, sato, deed):
    with pytest.raises(PermissionDenied):
        deed(meeting=meeting, by=Actor(sato), seen=1, **({"reason": WHY} if deed is meetings.abandon else {}))
