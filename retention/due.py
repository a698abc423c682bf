"""Whose time is over: each kind's units with their last day, what stands in the way, and what was decided."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet

from foundation.db import clock
from foundation.retention import RecordKind, Unit, fiscal_year
from members.models import WorkingGroup
from retention.kinds import KINDS
from retention.models import Archive, Disposal, Hold, Period, of_what


@dataclass(frozen=True)
class Retained:
    """What a kind holds of one unit."""

    kind: RecordKind
    unit: Unit
    rows: int
    group: WorkingGroup | None
    last_day: date | None
    holds: list[Hold]
    disposal: Disposal | None
    archive: Archive | None

    @property
    def is_due(self) -> bool:
        return self.last_day is not None and self.last_day < clock.today()

    @property
    def of_what(self) -> str:
        return of_what(self.group, self.unit.year)

    @property
    def needs_archive(self) -> bool:
        """What belongs to a group is taken for the document system before it goes."""
        return self.kind.of_group and self.archive is None


def years() -> dict[str, int | None]:
    """Each kind's period: the town's, or what we propose."""
    return {kind.name: years for kind, years, _period in periods_of_kinds()}


def periods_of_kinds() -> list[tuple[RecordKind, int | None, Period | None]]:
    """Each with its years, and the town's decision on them, where there is one."""
    decided = {period.kind: period for period in Period.objects.all()}
    return [
        (kind, decided[kind.name].years if kind.name in decided else kind.years, decided.get(kind.name))
        for kind in KINDS.values()
    ]


def last_day(unit: Unit, years: int | None) -> date | None:
    """So many whole fiscal years after its own; 0 is the end of its own."""
    return None if years is None else date(unit.year + 1 + years, 3, 31)


def in_the_way(unit: Unit, holds: Iterable[Hold]) -> list[Hold]:
    """One on the group or on all; what is of the whole town holds something of every group."""
    return [hold for hold in holds if unit.group is None or hold.group_id in {None, unit.group}]


def everything(kinds: Iterable[RecordKind] = KINDS.values()) -> list[Retained]:
    """All that is kept of these, the longest over first."""
    periods, holds = years(), list(Hold.objects.standing().select_related("group"))
    groups = WorkingGroup.objects.in_bulk()
    decided = {
        (disposal.kind, disposal.unit): disposal for disposal in Disposal.objects.open().select_related("group")
    }
    archives = {archive.group_id: archive for archive in of_years().order_by("id")}
    found = [
        Retained(
            kind=kind,
            unit=unit,
            rows=rows,
            group=groups[unit.group] if unit.group else None,
            last_day=last_day(unit, periods[kind.name]),
            holds=in_the_way(unit, holds),
            disposal=decided.get((kind.name, unit)),
            archive=archives.get(unit.group or 0),
        )
        for kind in kinds
        for unit, rows in kind.units().items()
    ]
    return sorted(found, key=lambda kept: (kept.last_day or date.max, str(kept.unit), kept.kind.name))


def one(kind: RecordKind, unit: Unit) -> Retained | None:
    """None where there is nothing of it."""
    return next((kept for kept in everything([kind]) if kept.unit == unit), None)


def of_years() -> QuerySet[Archive]:
    """The ZIPs of whole years, taken when the year was over."""
    archives = Archive.objects.filter(meeting_number=None).annotate(made_in=fiscal_year("made_at"))
    return archives.filter(made_in__gt=F("group__fiscal_year")).select_related("made_by")
