"""The lines of the record, and the results of a meeting that a line is made from."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from foundation.actions import Actor, action, hold, record, refuse_stale, write
from meetings.actions._shared import hold_to_record
from meetings.models import AgendaItem, Assignment, Election, Meeting, RecordEntry
from meetings.origins import ORIGINS
from meetings.states import ElectionBasis, Origin, Point, RecordPlace
from members.actions.memberships import give_office
from members.models import Membership
from members.states import Office

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
) -> RecordEntry:
    """Write a line under an agenda item, or without one among the notices.

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
    siblings = _siblings(entry)
    entry.order = (siblings.aggregate(last=Max("order"))["last"] or 0) + 1
    if point in UNDER_A_LINE and not siblings.exists():
        raise ValidationError(_("→ の行は、○ 又は印なしの行の下に置いてください。"))
    write(entry, point=point, text=text)
    record(by=by, action="meetings.add_entry", target=entry, text=text)
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


@action
def record_election(
    *,
    meeting: Meeting,
    by: Actor,
    item: AgendaItem,
    elected: Membership,
    office: str = Office.CHAIR,
    candidates: int = 0,
    rule: str = "",
    basis: str = ElectionBasis.AGREED,
) -> Election:
    """Write who was chosen and how; from that day they hold the office, and a line tells of it."""
    meeting = hold_to_record(meeting, by)
    election = Election(
        meeting=meeting, office=office, elected=elected, candidates=candidates, rule=rule, basis=basis
    )
    write(election, rule=rule)
    give_office(membership=elected, by=by, office=office, valid_from=meeting.day)
    record(by=by, action="meetings.record_election", target=election, rule=rule, basis=basis)
    add_entry(meeting=meeting, by=by, item=item, origin=Origin.ELECTION)
    return election


@action
def set_assignment(
    *,
    meeting: Meeting,
    by: Actor,
    item: AgendaItem,
    due_meeting: Meeting,
    title: str,
    summary_text: str,
    detail_text: str,
    due_at: datetime | None = None,
) -> Assignment:
    """Set what is to be done by another meeting; a line under the item asks for it."""
    meeting = hold_to_record(meeting, by)
    assignment = Assignment(
        meeting=meeting,
        due_meeting=due_meeting,
        title=title,
        summary_text=summary_text,
        detail_text=detail_text,
        due_at=due_at,
    )
    write(assignment, title=title)
    record(by=by, action="meetings.set_assignment", target=assignment)
    add_entry(meeting=meeting, by=by, item=item, origin=Origin.ASSIGNMENT)
    return assignment


def _siblings(entry: RecordEntry) -> "QuerySet[RecordEntry]":
    return RecordEntry.objects.filter(meeting=entry.meeting, section=entry.section, item=entry.item)
