"""課題: what a meeting asked for by another one, or by a day; two sentences of its report tell of it."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from foundation.actions import Actor, action, hold, record, refuse_stale, write
from meetings.actions._shared import hold_to_record
from meetings.actions.absences import settle_in_short
from meetings.actions.record import add_entry, put_under
from meetings.models import AgendaItem, Assignment, Exemption, Meeting
from meetings.states import Origin
from members.models import Membership


@action
def set_assignment(
    *,
    meeting: Meeting,
    by: Actor,
    item: AgendaItem,
    title: str,
    summary_text: str,
    detail_text: str,
    due_meeting: Meeting | None = None,
    due_at: datetime | None = None,
) -> Assignment:
    """Set what is to be done by another meeting or by a day; a line under the item asks for it."""
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
    settle_in_short(meeting)
    return assignment


@action
def correct_assignment(
    *, assignment: Assignment, by: Actor, seen: int, item: AgendaItem | None = None, **values: Any
) -> Assignment:
    """Its words and its deadline; both sentences of the report follow."""
    assignment = _hold(assignment, by, seen)
    changes = write(assignment, **values)
    for entry in assignment.entries.all():
        put_under(item, entry)
    record(by=by, action="meetings.correct_assignment", target=assignment, **changes)
    settle_in_short(assignment.meeting)
    return assignment


@action
def remove_assignment(*, assignment: Assignment, by: Actor, seen: int) -> None:
    """It was not set; for which somebody has made something already, it stays."""
    assignment = _hold(assignment, by, seen)
    words = {name: getattr(assignment, name) for name in ("summary_text", "detail_text", "due_at")}
    record(
        by=by,
        action="meetings.remove_assignment",
        target=assignment.meeting,
        title=assignment.title,
        due_meeting=assignment.due_meeting_id,
        **words,
    )
    assignment.entries.all().delete()
    assignment.exemptions.all().delete()
    try:
        assignment.delete()
    except ProtectedError as hung_on:
        raise ValidationError(
            _("この課題に対するデータが既に登録されているため、削除できません。課題の内容は訂正できます。")
        ) from hung_on
    settle_in_short(assignment.meeting)


@action
def exempt(*, assignment: Assignment, membership: Membership, by: Actor, reason: str) -> Exemption:
    """A person need not do it; said again, the reason is another."""
    assignment = _hold(assignment, by, None)
    if membership.group_id != assignment.meeting.group_id:
        raise ValidationError(_("この会議の名簿にある方だけを、対象外にできます。"))
    exemption = assignment.exemptions.filter(membership=membership).first()
    exemption = exemption or Exemption(assignment=assignment, membership=membership)
    write(exemption, reason=reason)
    record(by=by, action="meetings.exempt", target=assignment, membership=membership.pk, reason=reason)
    settle_in_short(assignment.meeting)
    return exemption


@action
def include(*, assignment: Assignment, membership: Membership, by: Actor) -> None:
    """Asked like the others again."""
    assignment = _hold(assignment, by, None)
    exemption = assignment.exemptions.filter(membership=membership).first()
    if exemption is None:
        raise ValidationError(_("この方は、既に課題の対象です。"))
    exemption.delete()
    record(by=by, action="meetings.include", target=assignment, membership=membership.pk, reason=exemption.reason)
    settle_in_short(assignment.meeting)


def _hold(assignment: Assignment, by: Actor, seen: int | None) -> Assignment:
    meeting = hold_to_record(assignment.meeting, by)
    assignment = hold(meeting.assignments.all(), assignment.pk)
    if seen is not None:
        refuse_stale(assignment, seen)
    return assignment
