"""出席実績: who of those who are paid came when, for how long, and what that makes by the group's rules."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils import timezone

from foundation.calendar import wareki
from foundation.calendar.wareki import TOKYO
from meetings.models import AttendanceRecord, PayRules
from meetings.states import PRESENT, HourRounding, MeetingState, Mode, PayUnit
from members.models import WorkingGroup
from members.states import Category

ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class PaidHours:
    """One person at one meeting. `units` are days or hours; amounts are there where the rules name some."""

    line: AttendanceRecord
    begun: dt.datetime
    ended: dt.datetime
    units: Decimal
    fee: int | None
    travel: int | None

    @property
    def day(self) -> dt.date:
        return timezone.localdate(self.line.meeting.held_from)

    @property
    def minutes(self) -> int:
        return _minutes(self.begun, self.ended)

    @property
    def month(self) -> str:
        return f"{self.day:%Y-%m}"

    @property
    def fiscal_year(self) -> int:
        return wareki.year_of_april(self.day)


@dataclass
class PaidPerson:
    """The sums of one person."""

    name: str
    title: str
    times: int = 0
    minutes: int = 0
    units: Decimal = field(default_factory=Decimal)
    fee: int = 0
    travel: int = 0

    def add(self, paid: PaidHours) -> None:
        self.times += 1
        self.minutes += paid.minutes
        self.units += paid.units
        self.fee += paid.fee or 0
        self.travel += paid.travel or 0


def paid_hours(group: WorkingGroup, rules: PayRules) -> list[PaidHours]:
    """Of all meetings that were held, in their order and that of the roster.

    Whoever was represented did not come. Who is paid by the day is paid once a day.
    """
    paid = [Category.EXPERT, *([Category.MEMBER] if rules.pays_members else [])]
    roll = AttendanceRecord.objects.filter(
        meeting__group=group,
        meeting__state=MeetingState.HELD,
        meeting__disposed_on=None,
        category__in=paid,
        mode__in=PRESENT,
        is_substitute=False,
    )
    found: list[PaidHours] = []
    days: set[tuple[object, dt.date]] = set()
    for line in roll.select_related("meeting").order_by("meeting__held_from", "meeting", "order", "id"):
        own = (line.membership_id or line.name, timezone.localdate(line.meeting.held_from))
        found.append(_paid(line, rules, is_again=own in days))
        if found[-1].minutes:
            days.add(own)
    return found


def by_person(paid: Iterable[PaidHours]) -> list[PaidPerson]:
    """In the order in which they first came; what one was called last stands beside the name."""
    people: dict[object, PaidPerson] = {}
    for each in paid:
        key = each.line.membership_id or each.line.name
        person = people.setdefault(key, PaidPerson(each.line.name, each.line.title))
        person.name, person.title = each.line.name, each.line.title
        person.add(each)
    return list(people.values())


def _paid(line: AttendanceRecord, rules: PayRules, *, is_again: bool) -> PaidHours:
    begun, ended = there(line)
    minutes = _minutes(begun, ended)
    if rules.unit == PayUnit.DAY:
        units = Decimal(1 if minutes and not is_again else 0)
    else:
        units = rounded(minutes, rules.rounding)
    at_venue = line.mode == Mode.VENUE and bool(minutes) and not is_again
    travel = None if rules.travel is None else rules.travel if at_venue else 0
    return PaidHours(line, begun, ended, units, _fee(rules, minutes, units), travel)


def _fee(rules: PayRules, minutes: int, units: Decimal) -> int | None:
    """Whole yen, as whoever pays rounds them: down."""
    if rules.amount is None:
        return None
    by_the_minute = rules.unit == PayUnit.HOUR and rules.rounding == HourRounding.EXACT
    return rules.amount * minutes // 60 if by_the_minute else int(units * rules.amount)


def there(line: AttendanceRecord) -> tuple[dt.datetime, dt.datetime]:
    """From when until when, within the meeting; one may have gone on after midnight."""
    first, last = line.meeting.held_from, line.meeting.held_to
    assert first  # meetings_held_has_times
    assert last
    begun = max(first, _moment(line.arrived_at, first, last)) if line.arrived_at else first
    ended = min(last, _moment(line.left_at, first, last)) if line.left_at else last
    return begun, max(begun, ended)


def _moment(clock: dt.time, first: dt.datetime, last: dt.datetime) -> dt.datetime:
    day = timezone.localdate(first)
    found = dt.datetime.combine(day, clock, TOKYO)
    over_midnight = timezone.localdate(last) > day
    return found + ONE_DAY if over_midnight and found < first else found


def rounded(minutes: int, rounding: str) -> Decimal:
    """Hours, by the rule of the group."""
    halves = {HourRounding.UP_HALF: -(-minutes // 30), HourRounding.DOWN_HALF: minutes // 30}
    hours = {
        HourRounding.UP_HOUR: -(-minutes // 60),
        HourRounding.DOWN_HOUR: minutes // 60,
        HourRounding.NEAREST: (minutes + 30) // 60,
    }
    kind = HourRounding(rounding)
    if kind in halves:
        return Decimal(halves[kind]) / 2
    return Decimal(hours[kind]) if kind in hours else round(Decimal(minutes) / 60, 2)


def _minutes(begun: dt.datetime, ended: dt.datetime) -> int:
    return int((ended - begun).total_seconds()) // 60
