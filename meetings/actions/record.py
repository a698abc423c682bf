"""The lines of the record, and the results of a meeting that a line is made from."""

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from foundation.actions import Actor, action, record
from meetings.actions.roll import lock
from meetings.models import AgendaItem, Assignment, Election, Meeting, RecordEntry
from meetings.states import ElectionBasis, Origin, Point, Section
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
    text="",
    point=Point.POINT,
    origin=Origin.TYPED,
) -> RecordEntry:
    """Write a line under an agenda item, or without one among the notices.

    A line made from a result tells of the first one that no line tells of yet.
    """
    meeting = lock(meeting, by)
    entry = RecordEntry(
        meeting=meeting,
        section=Section.ITEM if item else Section.NOTICES,
        item=item,
        text=text,
        point=point,
        origin=origin,
    )
    if origin == Origin.ELECTION:
        entry.election = meeting.elections.filter(entries__isnull=True).order_by("id").first()
    if origin == Origin.ASSIGNMENT:
        entry.assignment = meeting.assignments.filter(entries__isnull=True).order_by("id").first()
    siblings = _siblings(entry)
    entry.order = (siblings.aggregate(last=Max("order"))["last"] or 0) + 1
    if point in UNDER_A_LINE and not siblings.exists():
        raise ValidationError(_("→ の行は、○ または印なしの行の下に置いてください。"))
    entry.full_clean()
    entry.save()
    record(by=by, action="meetings.add_entry", target=entry, text=text)
    return entry


@action
def edit_entry(*, entry: RecordEntry, by: Actor, version: int, **changes) -> RecordEntry:
    """Change words, mark, override or withholding of a line that nobody else changed meanwhile."""
    lock(entry.meeting, by)
    entry = RecordEntry.objects.select_for_update().get(pk=entry.pk)
    if entry.version != version:
        raise ValidationError(
            _("この行は、ほかの担当者が先に「%s」へ変更しました。内容を見比べて、もう一度保存してください。")
            % (entry.override or entry.text),
            code="conflict",
        )
    before = {name: getattr(entry, name) for name in changes}
    for name, value in changes.items():
        setattr(entry, name, value)
    entry.version += 1
    entry.full_clean()
    entry.save()
    record(by=by, action="meetings.edit_entry", target=entry, before=before, after=changes)
    return entry


@action
def move_entry(*, entry: RecordEntry, by: Actor, up: bool) -> None:
    """Change places with the line above or below, under the same heading."""
    lock(entry.meeting, by)
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
def remove_entry(*, entry: RecordEntry, by: Actor) -> None:
    lock(entry.meeting, by)
    record(by=by, action="meetings.remove_entry", target=entry, text=entry.text, origin=entry.origin)
    entry.delete()


@action
def record_election(
    *,
    meeting: Meeting,
    by: Actor,
    item: AgendaItem,
    elected: Membership,
    office=Office.CHAIR,
    candidates=0,
    rule="",
    basis=ElectionBasis.AGREED,
) -> Election:
    """Write who was chosen and how; from that day they hold the office, and a line tells of it."""
    meeting = lock(meeting, by)
    election = Election(
        meeting=meeting, office=office, elected=elected, candidates=candidates, rule=rule, basis=basis
    )
    election.full_clean()
    election.save()
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
    due_at=None,
) -> Assignment:
    """Set what is to be done by another meeting; a line under the item asks for it."""
    meeting = lock(meeting, by)
    assignment = Assignment(
        meeting=meeting,
        due_meeting=due_meeting,
        title=title,
        summary_text=summary_text,
        detail_text=detail_text,
        due_at=due_at,
    )
    assignment.full_clean()
    assignment.save()
    record(by=by, action="meetings.set_assignment", target=assignment)
    add_entry(meeting=meeting, by=by, item=item, origin=Origin.ASSIGNMENT)
    return assignment


def _siblings(entry: RecordEntry):
    return RecordEntry.objects.filter(meeting=entry.meeting, section=entry.section, item=entry.item)
