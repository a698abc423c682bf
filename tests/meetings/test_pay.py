"""出席実績: days and hours of those who are paid, by the group's own rules, for the desk alone."""

import io
from datetime import datetime, time, timedelta
from decimal import Decimal
from zipfile import ZipFile

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from python_calamine import CalamineWorkbook

from foundation.actions import Actor, Conflict
from foundation.calendar.wareki import TOKYO
from meetings.actions import pay, roll
from meetings.models import AttendanceRecord, PayRules
from meetings.pay import by_person, paid_hours, rounded
from meetings.states import HourRounding, MeetingState, Mode, PayUnit
from tests import builders

BEGUN = datetime(2026, 11, 18, 13, 0, tzinfo=TOKYO)


@pytest.fixture
def rules(group):
    return PayRules(group=group, amount=7000, travel=500)


@pytest.fixture
def meeting(group):
    """From one to a quarter past three."""
    return hold(group, BEGUN)


def hold(group, begun, number=1, minutes=135):
    ended = begun + timedelta(minutes=minutes)
    return builders.make_meeting(
        group=group, number=number, state=MeetingState.HELD, starts_at=begun, held_to=ended
    )


@pytest.fixture
def came(meeting, expert, suzuki):
    """`came()`: Tanaka is on the roll."""

    def mark(meeting=meeting, person=expert, mode=Mode.VENUE, **more):
        return roll.mark(meeting=meeting, membership=person, by=Actor(suzuki), mode=mode, **more)

    return mark


def told(group, rules):
    found = paid_hours(group, rules)
    return [(each.line.name, each.minutes, each.units, each.fee, each.travel) for each in found]


def test_who_came_is_paid_for_the_day_and_their_way(group, rules, came):
    came()
    assert told(group, rules) == [("田中　三郎", 135, 1, 7000, 500)]


def test_whoever_was_online_had_no_way(group, rules, came):
    came(mode=Mode.ONLINE)
    assert told(group, rules) == [("田中　三郎", 135, 1, 7000, 0)]


@pytest.mark.parametrize(
    ("mode", "more"), [(Mode.ABSENT, {}), (Mode.VENUE, {"substitute_name": "代理 次郎"})], ids=["absent", "sent"]
)
def test_whoever_did_not_come_is_not_there(group, rules, came, mode, more):
    came(mode=mode, **more)
    assert told(group, rules) == []


def test_members_only_where_the_rules_say_so(group, rules, came, member):
    came(person=member)
    assert told(group, rules) == []
    rules.pays_members = True
    assert [name for name, *_paid in told(group, rules)] == ["佐藤　花子"]


def test_late_and_early_are_left_out_of_the_hours(group, rules, came):
    rules.unit = PayUnit.HOUR
    came(times=(time(13, 20), time(15, 0)))
    assert told(group, rules) == [("田中　三郎", 100, Decimal("1.67"), 11666, 500)]


def test_before_the_opening_and_after_the_end_nobody_is_paid(group, rules, came):
    came(times=(time(12, 30), time(16, 0)))
    assert [minutes for _name, minutes, *_paid in told(group, rules)] == [135]


@pytest.mark.parametrize(
    ("rounding", "hours"),
    [
        (HourRounding.EXACT, "1.67"),
        (HourRounding.UP_HALF, "2"),
        (HourRounding.DOWN_HALF, "1.5"),
        (HourRounding.UP_HOUR, "2"),
        (HourRounding.DOWN_HOUR, "1"),
        (HourRounding.NEAREST, "2"),
    ],
)
def test_a_hundred_minutes_are_so_many_hours(rounding, hours):
    assert rounded(100, rounding) == Decimal(hours)


def test_two_meetings_on_one_day_are_one_day(group, rules, came):
    came()
    came(meeting=hold(group, BEGUN + timedelta(hours=3), number=2))
    found = paid_hours(group, rules)
    (person,) = by_person(found)
    assert [(each.units, each.travel) for each in found] == [(1, 500), (0, 0)]
    assert (person.times, person.minutes, person.units, person.fee) == (2, 270, 1, 7000)


def test_a_meeting_over_midnight_has_its_hours(group, rules, came):
    late = hold(group, BEGUN.replace(hour=23), number=2)
    came(meeting=late, times=(None, time(0, 30)))
    assert [minutes for _name, minutes, *_paid in told(group, rules)] == [90]


def test_without_amounts_the_list_says_days_alone(group, came):
    came()
    assert told(group, PayRules(group=group)) == [("田中　三郎", 135, 1, None, None)]


def test_a_meeting_that_is_not_held_counts_for_nothing(group, rules, came, meeting):
    came()
    meeting.state = MeetingState.ANNOUNCED
    meeting.announced_at = BEGUN
    meeting.save()
    assert told(group, rules) == []


@pytest.fixture
def page(group):
    return reverse("meetings:pay_basis", args=[group.slug])


def test_the_desk_reads_a_month_and_a_fiscal_year(page, group, came, as_, suzuki):
    came()
    came(meeting=hold(group, datetime(2027, 4, 7, 10, 0, tzinfo=TOKYO), number=2))
    desk = as_(suzuki)
    shown = {period: desk.get(page, {"period": period}).context for period in ("", "2026-11", "2027", "x")}
    assert [len(context["lines"]) for context in shown.values()] == [2, 1, 1, 2]
    assert shown[""]["periods"] == [
        ("2026", "令和8年度"),
        ("2026-11", "令和8年11月"),
        ("2027", "令和9年度"),
        ("2027-04", "令和9年4月"),
    ]


def test_the_workbook_holds_figures_that_can_be_summed_and_computes_nothing(page, group, came, as_, suzuki, rules):
    rules.save()
    came()
    AttendanceRecord.objects.update(name="=HYPERLINK(1)")
    answer = as_(suzuki).get(reverse("meetings:pay_basis_xlsx", args=[group.slug]), {"period": "2026-11"})
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0)
    title = AttendanceRecord.objects.get().title
    _header, *rows = sheet.to_python(skip_empty_area=False)
    who, times, sums = ["=HYPERLINK(1)", "外部有識者", title], ["13:00", "15:15"] * 2, [135, 1, 7000, 500]
    assert rows == [
        ["2026-11-18", "第1回", *who, "会場で出席", *times, *sums],
        ["計", "1回", "=HYPERLINK(1)", "", title, *[""] * 5, *sums],
    ]
    assert b"<f>" not in ZipFile(io.BytesIO(answer.content)).read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("who", ["sato", "tanaka", "kimura", "abe"])
def test_nobody_else_knows_of_it(page, group, came, as_, request, who):
    came()
    someone = as_(request.getfixturevalue(who))
    pages = [page, f"{page}rules/", reverse("meetings:pay_basis_xlsx", args=[group.slug])]
    assert [someone.get(each).status_code for each in pages] == [404, 404, 404]


def test_the_desk_sets_the_rules_and_a_stale_page_loses_nothing(page, group, as_, suzuki, sato):
    sent = {"unit": "hour", "rounding": "up_half", "amount": "8000", "travel": "", "pays_members": "on"}
    as_(suzuki).post(f"{page}rules/", sent)
    rules = PayRules.objects.get()
    assert (rules.unit, rules.rounding, rules.amount, rules.travel, rules.pays_members) == (
        PayUnit.HOUR,
        HourRounding.UP_HALF,
        8000,
        None,
        True,
    )
    as_(suzuki).post(f"{page}rules/", {"unit": "day", "seen": rules.version})
    rules.refresh_from_db()
    assert (rules.unit, rules.rounding) == (PayUnit.DAY, HourRounding.UP_HALF)
    with pytest.raises(Conflict):
        pay.edit_pay_rules(group=group, by=Actor(suzuki), seen=1, amount=9000)
    with pytest.raises(PermissionDenied):
        pay.edit_pay_rules(group=group, by=Actor(sato), amount=9000)
