"""Who came without being on the roster: an expert who was asked for one item, staff who explain, a newcomer."""

from datetime import time
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from foundation.actions import Actor, action, record, refuse_stale, write
from meetings.actions._shared import hold_with_roll
from meetings.models import AttendanceRecord, Meeting

Times = tuple[time | None, time | None]


@action
def add_walk_in(*, meeting: Meeting, by: Actor, times: Times, **said: Any) -> AttendanceRecord:
    """`said` are name, title, category and mode."""
    meeting = hold_with_roll(meeting, by)
    line = AttendanceRecord(meeting=meeting)
    changes = write(line, arrived_at=times[0], left_at=times[1], **said)
    record(by=by, action="meetings.add_walk_in", target=meeting, line=line.pk, **changes)
    return line


@action
def edit_walk_in(*, line: AttendanceRecord, by: Actor, seen: int, times: Times, **said: Any) -> AttendanceRecord:
    line, meeting = _hold(line, by, seen)
    changes = write(line, arrived_at=times[0], left_at=times[1], **said)
    record(by=by, action="meetings.edit_walk_in", target=meeting, line=line.pk, **changes)
    return line


@action
def remove_walk_in(*, line: AttendanceRecord, by: Actor, seen: int) -> None:
    line, meeting = _hold(line, by, seen)
    said = {"line": line.pk, "name": line.name, "title": line.title, "category": line.category, "mode": line.mode}
    line.delete()
    record(by=by, action="meetings.remove_walk_in", target=meeting, **said)


def _hold(line: AttendanceRecord, by: Actor, seen: int) -> tuple[AttendanceRecord, Meeting]:
    meeting = hold_with_roll(line.meeting, by)
    held = meeting.roll.walk_ins().filter(pk=line.pk).first()
    if held is None:
        raise ValidationError(_("この方の出席の記録は、既に取り消されています。"))
    refuse_stale(held, seen)
    return held, meeting
