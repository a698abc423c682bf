"""The lines of the record."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from foundation.actions import Actor, action, hold, record, refuse_stale, write
from meetings.actions._shared import hold_to_record
from meetings.models import AgendaItem, Meeting, RecordEntry
from meetings.origins import ORIGINS
from meetings.states import Origin, Point, RecordPlace

UNDER_A_LINE = {Point.REPLY, Point.CONTINUATION}


@action
def add_entry(
    *,
    meeting: Meeting,
    by: Actor,
    item: AgendaItem | None = None,
    text: str = "",
    point: str = Point.POINT,
    origin: str = Origin.TYPED,
    more: Iterable[tuple[str, str]] = (),
) -> RecordEntry:
    """Write a line under an agenda item, or without one among the notices; below it `more`, each with its mark.

    A line made from a result tells of the first one that no line tells of yet.
    """
    meeting = hold_to_record(meeting, by)
    entry = RecordEntry(
        meeting=meeting,
        section=RecordPlace.ITEM if item else RecordPlace.NOTICES,
        item=item,
        text=text,
        point=point,
        origin=origin,
    )
    ORIGINS[origin].point_to_result(entry)
    entry.order = _last(entry) + 1
    if point in UNDER_A_LINE and not _siblings(entry).exists():
        raise ValidationError(_("→ の行は、○ 又は印なしの行の下に置いてください。"))
    write(entry, point=point, text=text)
    record(by=by, action="meetings.add_entry", target=entry, text=text)
    for mark, words in more:
        add_entry(meeting=meeting, by=by, item=item, text=words, point=mark)
    return entry


@action
def edit_entry(*, entry: RecordEntry, by: Actor, seen: int, **values: Any) -> RecordEntry:
    """Change words, mark, override or withholding of a line that nobody else changed meanwhile."""
    meeting = hold_to_record(entry.meeting, by)
    entry = hold(meeting.entries.all(), entry.pk)
    refuse_stale(entry, seen)
    changes = write(entry, **values)
    record(by=by, action="meetings.edit_entry", target=entry, **changes)
    return entry


@action
def move_entry(*, entry: RecordEntry, by: Actor, up: bool) -> None:
    """Change places with the line above or below, under the same heading."""
    meeting = hold_to_record(entry.meeting, by)
    entry = hold(meeting.entries.all(), entry.pk)
    lines = list(_siblings(entry).order_by("order", "id"))
    place = lines.index(entry)
    other = place - 1 if up else place + 1
    if other in range(len(lines)):
        lines[place], lines[other] = lines[other], lines[place]
    for order, line in enumerate(lines, start=1):
        line.order = order
    RecordEntry.objects.bulk_update(lines, ["order"])
    record(by=by, action="meetings.move_entry", target=entry, up=up)


@action
def remove_entry(*, entry: RecordEntry, by: Actor, seen: int) -> None:
    meeting = hold_to_record(entry.meeting, by)
    entry = hold(meeting.entries.all(), entry.pk)
    refuse_stale(entry, seen)
    record(by=by, action="meetings.remove_entry", target=entry, text=entry.text, origin=entry.origin)
    entry.delete()


def put_under(item: AgendaItem | None, entry: RecordEntry) -> None:
    """Below what stands under that item already; where it stands there or no item is named, it stays in place."""
    if item is None or entry.item_id == item.pk:
        return
    entry.section, entry.item = RecordPlace.ITEM, item
    write(entry, order=_last(entry) + 1)


def _last(entry: RecordEntry) -> int:
    return _siblings(entry).aggregate(last=Max("order"))["last"] or 0


def _siblings(entry: RecordEntry) -> "QuerySet[RecordEntry]":
    return RecordEntry.objects.filter(meeting=entry.meeting, section=entry.section, item=entry.item)
