"""Until when a meeting is told of: counted by the group's own rules, told to the desk, gone when it is out."""

from datetime import date, datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from dxbukai import steps
from foundation.actions import Actor, Conflict
from foundation.audit.models import Event
from foundation.calendar.wareki import TOKYO
from meetings.models import Meeting
from meetings.states import MeetingState
from members.models import ClosedDay
from reports import actions
from reports.due import Due, dues
from reports.models import DueRules, Report
from tests import builders


@pytest.fixture
def rules(group):
    """概要 after two working days, 会議録 after 45 days."""
    return DueRules.objects.create(group=group, summary_days=2, record_days=45)


@pytest.fixture
def meeting(group):
    """Held today."""
    meeting = builders.make_meeting(group=group, number=1, state=MeetingState.HELD)
    held(meeting, timezone.localdate())
    meeting.refresh_from_db()
    return meeting


def held(meeting, day):
    begun = datetime.combine(day, time(13), TOKYO)
    Meeting.objects.update(starts_at=begun, ends_at=None, held_from=begun, held_to=begun + timedelta(hours=1))


def told(meeting):
    shown = steps.with_progress(Meeting.objects.filter(pk=meeting.pk)).get()
    return [(str(due.name), due.day) for due in dues([shown]).get(shown.pk, [])]


def test_days_are_counted_by_the_rules_and_the_town_s_closed_days(rules, meeting):
    held(meeting, date(2026, 9, 18))
    ClosedDay.objects.create(day=date(2026, 9, 24), label="創立記念日")
    assert told(meeting) == [
        ("会議の概要の公表期限", date(2026, 9, 28)),
        ("会議録の公表期限", date(2026, 11, 2)),
    ]


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (3, "会議録の公表期限まで あと3日（12月4日まで）"),
        (0, "会議録の公表期限は本日（12月4日）です"),
        (-2, "会議録の公表期限（12月4日）を2日過ぎています"),
    ],
)
def test_it_is_said_in_words(left, said):
    assert str(Due("会議録の公表期限", date(2026, 12, 4), left)) == said


def test_the_desk_reads_it_on_its_pages(rules, meeting, as_, suzuki):
    today = timezone.localdate()
    held(meeting, today - timedelta(days=42))
    desk = as_(suzuki)
    last = today + timedelta(days=3)
    said = f"会議録の公表期限まで あと3日（{last.month}月{last.day}日まで）"
    for page in ("/groups/dx-now/desk/", "/groups/dx-now/desk/meetings/1/"):
        shown = desk.get(page).content.decode()
        assert (said in shown, "期限超過" in shown) == (True, True)


@pytest.mark.parametrize("count", [1, 5])
def test_many_meetings_ask_no_more_often(rules, group, as_, suzuki, count, django_assert_num_queries):
    for number in range(1, count + 1):
        builders.make_meeting(group=group, number=number, state=MeetingState.HELD)
    as_(suzuki).get("/groups/dx-now/desk/")
    found = list(steps.with_progress(Meeting.objects.all()))
    with django_assert_num_queries(1):
        assert len(dues(found)) == count


def test_without_rules_nothing_is_due(meeting):
    assert told(meeting) == []


def test_what_is_published_here_is_out(rules, meeting, suzuki):
    publish(meeting, suzuki)
    assert told(meeting) == []
    DueRules.objects.update(report_is_record=False)
    assert [name for name, _day in told(meeting)] == ["会議録の公表期限"]


def publish(meeting, by):
    report = Report.objects.create(meeting=meeting)
    report.revisions.create(number=1, text="本文", blocks=[], sha256="0" * 64, published_by=by)


def test_what_came_out_elsewhere_is_noted_and_taken_back(rules, meeting, suzuki):
    day = meeting.day
    report = actions.note_told(meeting=meeting, by=Actor(suzuki), seen=1, summary_told_on=day, record_told_on=None)
    assert [name for name, _day in told(meeting)] == ["会議録の公表期限"]
    back = {"seen": report.version, "summary_told_on": None, "record_told_on": None}
    actions.note_told(meeting=meeting, by=Actor(suzuki), **back)
    assert len(told(meeting)) == 2
    trail = Event.objects.filter(action="reports.note_told").order_by("id").values_list("changes", flat=True)
    assert [each["summary_told_on"] for each in trail] == [[None, day.isoformat()], [day.isoformat(), None]]


@pytest.mark.parametrize("days", [-1, 1000])
def test_a_day_before_the_meeting_or_to_come_is_refused(rules, meeting, suzuki, days):
    day = meeting.day + timedelta(days=days)
    with pytest.raises(ValidationError, match="開催日から今日までの日付を入力してください。"):
        actions.note_told(meeting=meeting, by=Actor(suzuki), seen=1, summary_told_on=day, record_told_on=None)


@pytest.mark.parametrize("state", [MeetingState.CANCELLED, MeetingState.ANNOUNCED])
def test_of_what_was_not_held_nothing_is_due(rules, group, state):
    assert told(builders.make_meeting(group=group, number=1, state=state)) == []


def test_the_desk_sets_the_rules_and_a_stale_page_loses_nothing(group, as_, suzuki, sato):
    page = reverse("reports:edit_due_rules", args=[group.slug])
    sent = {"summary_days": "2", "summary_count": "working", "record_days": "", "record_count": "calendar"}
    as_(suzuki).post(page, sent)
    rules = DueRules.objects.get()
    assert (rules.summary_days, rules.record_days, rules.report_is_record) == (2, None, False)
    actions.edit_due_rules(group=group, by=Actor(suzuki), seen=rules.version, record_days=45)
    with pytest.raises(Conflict):
        actions.edit_due_rules(group=group, by=Actor(suzuki), seen=rules.version, record_days=30)
    with pytest.raises(PermissionDenied):
        actions.edit_due_rules(group=group, by=Actor(sato), record_days=30)


def test_the_desk_notes_it_on_a_page(rules, meeting, as_, suzuki):
    page = reverse("reports:note_told", args=[meeting.group.slug, meeting.number])
    as_(suzuki).post(page, {"seen": 1, "summary_told_on": meeting.day, "record_told_on": meeting.day})
    assert told(meeting) == []
