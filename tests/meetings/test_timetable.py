"""When each item is to begin, and the clock of the day: by the plan, and by what the desk says has begun."""

from datetime import datetime, time, timedelta

import pytest
from django.urls import reverse

from foundation.actions import Actor
from foundation.audit.models import Event
from foundation.calendar.wareki import TOKYO
from foundation.db import clock
from meetings.states import ItemKind
from meetings.timetable import running, timetable
from tests import builders

ONE = datetime(2026, 12, 10, 13, tzinfo=TOKYO)
A_MINUTE = timedelta(minutes=1)


@pytest.fixture
def meeting(group):
    return builders.make_meeting(group=group, starts_at=ONE)


@pytest.fixture
def by(suzuki):
    return Actor(suzuki)


def plan(meeting, *planned):
    """Items of so many minutes, or that begin at a time."""
    for order, each in enumerate(planned, 1):
        given = {"begins": each} if isinstance(each, time) else {"minutes": each}
        builders.make_item(meeting=meeting, order=order, title=f"議題{order}", **given)
    return timetable(meeting, meeting.items.all())


def spans(slots):
    return [slot.span for slot in slots]


def url(meeting, name, *args):
    return reverse(f"meetings:{name}", args=[meeting.group.slug, meeting.number, *args])


# The plan


def test_each_item_begins_when_the_one_before_it_ends(meeting):
    assert spans(plan(meeting, 10, 45, 20)) == ["午後1時～1時10分", "午後1時10分～1時55分", "午後1時55分～2時15分"]


def test_a_named_time_goes_before_and_what_is_not_known_is_not_said(meeting):
    assert spans(plan(meeting, 10, None, 20, time(14), None)) == [
        "午後1時～1時10分",
        "午後1時10分",
        "",
        "午後2時",
        "",
    ]


def test_past_midnight_it_is_the_next_day(group):
    late = builders.make_meeting(group=group, starts_at=ONE.replace(hour=23))
    assert timetable(late, [builders.make_item(meeting=late, begins=time(0, 30))])[0].begins == ONE.replace(
        day=11, hour=0, minute=30
    )


def test_introductions_take_as_long_as_there_are_people(meeting, member, expert):
    builders.make_item(meeting=meeting, kind=ItemKind.INTRODUCTIONS, minutes_each=2)
    assert spans(timetable(meeting, meeting.items.all())) == ["午後1時～1時04分"]


def test_without_a_day_there_are_no_times(group):
    undated = builders.make_meeting(group=group, state="draft")
    undated.starts_at = None
    assert spans(plan(undated, 10, time(13))) == ["", ""]


def test_its_people_read_the_times_and_open_the_materials_there(meeting, member, sato, suzuki, as_):
    plan(meeting, 10, 20)
    item = meeting.items.last()
    material = builders.make_material(meeting=meeting, by=suzuki, item=item, title="素案")
    page = as_(sato).get(url(meeting, "meeting")).content.decode()
    assert ("午後1時10分～1時30分" in page, page.count(url(meeting, "material", material.pk))) == (True, 2)


# The clock


@pytest.mark.parametrize(
    ("minute", "item"), [(-1, None), (0, "議題1"), (10, "議題2"), (54, "議題2"), (55, None), (60, None)]
)
def test_which_item_should_run_now(meeting, minute, item):
    found = running(plan(meeting, 10, 45), ONE + minute * A_MINUTE)
    assert (found.planned and found.planned.item.title, found.actual, found.late) == (item, None, None)


@pytest.mark.parametrize(
    ("begun", "now", "late"), [(15, 20, 5), (10, 20, 0), (7, 20, -3), (10, 62, 7), (15, 62, 7)]
)
def test_how_late_one_is(meeting, begun, now, late):
    """From when the item began; once it takes longer than was planned, from when it was to end."""
    slots = plan(meeting, 10, 45)
    slots[0].item.begun_at, slots[1].item.begun_at = ONE, ONE + begun * A_MINUTE
    found = running(slots, ONE + now * A_MINUTE)
    assert (found.actual.item.title, found.late, found.early) == ("議題2", late, max(-late, 0))


def test_where_nothing_was_planned_nobody_is_late(meeting):
    slots = plan(meeting, None, None)
    slots[1].item.begun_at = ONE
    assert running(slots, ONE + 90 * A_MINUTE).late is None


def test_what_begins_on_another_day_is_neither_late_nor_early(meeting):
    slots = plan(meeting, 10)
    slots[0].item.begun_at = ONE - timedelta(days=3)
    assert running(slots, ONE - timedelta(days=3)).late is None


def test_the_desk_says_what_has_begun_and_takes_it_back(meeting, suzuki, as_):
    """The trail tells both. Pressed twice, it began when it was pressed first."""
    plan(meeting, 10, 45)
    item, desk = meeting.items.first(), as_(suzuki)
    for _press in range(2):
        desk.post(url(meeting, "begin_item", item.pk))
    item.refresh_from_db()
    began = item.begun_at
    assert clock.now() - began < A_MINUTE
    assert "進行中" in desk.get(url(meeting, "day_clock")).content.decode()
    desk.post(url(meeting, "take_back_beginning", item.pk))
    item.refresh_from_db()
    assert item.begun_at is None
    said = list(Event.objects.filter(action__contains="begin").order_by("id").values_list("action", flat=True))
    assert said == ["meetings.begin_item", "meetings.take_back_beginning"]


def test_the_clock_asks_as_often_for_few_items_as_for_many(meeting, suzuki, as_, django_assert_num_queries):
    plan(meeting, *[10] * 30)
    desk = as_(suzuki)
    with django_assert_num_queries(6):
        desk.get(url(meeting, "day_clock"))


def test_the_page_says_by_itself_what_is_so_and_a_script_asks_for_that_alone(meeting, suzuki, as_):
    """Without a script there is a link."""
    plan(meeting, 10)
    desk, page = as_(suzuki), url(meeting, "day_clock")
    whole = desk.get(page).content.decode()
    assert ("今の時刻で表示し直す" in whole, 'data-live="15"' in whole, "js/live" in whole) == (True, True, True)
    part = desk.get(page, headers={"X-Requested-With": "refresh"}).content.decode()
    assert ("今の時刻" in part, "<form" in part, "<html" in part) == (True, False, False)
