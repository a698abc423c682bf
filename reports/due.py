"""What a meeting still owes its readers: the summary and the record, each until a day.

Gone when it is out, in the portal or where else the desk says; nothing is asked of a meeting that was not held.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _, gettext_lazy

from foundation.db import clock
from meetings.models import Meeting
from meetings.states import MeetingState
from members import working_days
from reports.models import DueRules, Report
from reports.states import DayCount

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

NAMES = {"summary": gettext_lazy("会議の概要の公表期限"), "record": gettext_lazy("会議録の公表期限")}


@dataclass(frozen=True)
class Due:
    name: "StrOrPromise"
    day: date
    left: int

    @property
    def is_over(self) -> bool:
        return self.left < 0

    def __str__(self) -> str:
        said = {
            "name": self.name,
            "day": _("%(month)s月%(day)s日") % {"month": self.day.month, "day": self.day.day},
            "days": abs(self.left),
        }
        if self.is_over:
            return _("%(name)s（%(day)s）を%(days)s日過ぎています") % said
        if not self.left:
            return _("%(name)sは本日（%(day)s）です") % said
        return _("%(name)sまで あと%(days)s日（%(day)sまで）") % said


def dues(meetings: Iterable[Meeting]) -> dict[int, list[Due]]:
    """By the meetings' keys. They bring their group's rules, their report, and how often it was published."""
    asked = [(meeting, *ruled) for meeting in meetings for ruled in _asked(meeting)]
    if not asked:
        return {}
    after, today = working_days.counting(), clock.today()
    found: dict[int, list[Due]] = {}
    for meeting, name, days, count in asked:
        day = after(meeting.day, days) if count == DayCount.WORKING else meeting.day + timedelta(days=days)
        found.setdefault(meeting.pk, []).append(Due(NAMES[name], day, (day - today).days))
    return found


def _asked(meeting: Meeting) -> list[tuple[str, int, str]]:
    rules: DueRules | None = getattr(meeting.group, "due_rules", None)
    if rules is None or not _is_over(meeting):
        return []
    report: Report | None = getattr(meeting, "report", None)
    is_out = bool(meeting.revision_count)  # type: ignore[attr-defined]  # annotated by whoever asks
    told = {
        "summary": is_out or bool(report and report.summary_told_on),
        "record": (is_out and rules.report_is_record) or bool(report and report.record_told_on),
    }
    ruled = [
        ("summary", rules.summary_days, rules.summary_count),
        ("record", rules.record_days, rules.record_count),
    ]
    return [(name, days, count) for name, days, count in ruled if days is not None and not told[name]]


def _is_over(meeting: Meeting) -> bool:
    """Also where nobody has declared it held yet; what was called off or disposed of owes nothing."""
    if meeting.state == MeetingState.CANCELLED or meeting.disposed_on:
        return False
    return bool(meeting.held_to) or bool(meeting.starts_at and meeting.starts_at < clock.now())
