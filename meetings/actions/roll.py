"""Who came, and the meeting that thereby was held."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext

from foundation.actions import Actor, action, record
from meetings import policy, snapshot
from meetings.models import AttendanceRecord, Meeting, RecordEntry, Response
from meetings.states import NEXT, ItemKind, MeetingState, Mode, Origin, Section
from members import names
from members.models import Membership


@action
def mark(
    *, meeting: Meeting, membership: Membership, by: Actor, mode: Mode, substitute_name="", substitute_title=""
) -> AttendanceRecord:
    """Write that this person came, took part online or stayed away; again to correct it."""
    meeting = lock(meeting, by)
    line = meeting.roll.filter(membership=membership).first()
    before = line and line.mode
    if line is None:
        line = _line(meeting, membership.pk)
    line.mode = mode
    line.is_substitute = bool(substitute_name)
    line.substitute_name, line.substitute_title = substitute_name, substitute_title
    line.version += 0 if line.pk is None else 1
    line.full_clean()
    line.save()
    record(by=by, action="meetings.mark", target=meeting, membership=membership.pk, before=before, after=mode)
    return line


@action
def mark_as_answered(*, meeting: Meeting, by: Actor) -> int:
    """Write everybody who answered and is not on the roll yet as they announced themselves."""
    meeting = lock(meeting, by)
    answered = Response.objects.filter(form__meeting=meeting)
    people = {answer.membership_id: answer for answer in answered}
    lines = []
    for membership in _unmarked(meeting).filter(pk__in=people):
        answer = people[membership.pk]
        line = _line_of(meeting, membership)
        line.mode, line.is_substitute = answer.mode, answer.is_substitute
        line.substitute_name, line.substitute_title = answer.substitute_name, answer.substitute_title
        lines.append(line)
    AttendanceRecord.objects.bulk_create(lines)
    record(by=by, action="meetings.mark_as_answered", target=meeting, people=len(lines))
    return len(lines)


@action
def hold(*, meeting: Meeting, by: Actor, held_from, held_to) -> Meeting:
    """Declare the meeting held: pin what is true that day, propose the first lines."""
    meeting = lock(meeting, by)
    if MeetingState.HELD not in NEXT[meeting.state]:
        raise ValidationError(_("この会議は「%s」のため、開催済みにできません。") % meeting.get_state_display())
    if timezone.localdate(held_from) > timezone.localdate():
        raise ValidationError(_("開催日がまだ来ていないため、開催済みにできません。"))
    missing = _unmarked(meeting).counted().count()
    if missing:
        raise ValidationError(
            ngettext(
                "出席の記録がない方が%s名います。全員を記録してから、開催済みにしてください。",
                "出席の記録がない方が%s名います。全員を記録してから、開催済みにしてください。",
                missing,
            )
            % missing
        )
    meeting.held_from, meeting.held_to, meeting.state = held_from, held_to, MeetingState.HELD
    meeting.snapshot = snapshot.take(meeting)
    _save(meeting, "held_from", "held_to", "state", "snapshot")
    _propose_lines(meeting)
    record(by=by, action="meetings.hold", target=meeting, snapshot=meeting.snapshot)
    return meeting


@action
def correct_times(*, meeting: Meeting, by: Actor, held_from, held_to) -> Meeting:
    meeting = lock(meeting, by)
    before = [meeting.held_from, meeting.held_to]
    meeting.held_from, meeting.held_to = held_from, held_to
    _save(meeting, "held_from", "held_to")
    record(by=by, action="meetings.correct_times", target=meeting, before=before, after=[held_from, held_to])
    return meeting


@action
def renew_snapshot(*, meeting: Meeting, by: Actor) -> Meeting:
    """Take today's rows for what was true that day: the choice that a warning of the report offers."""
    meeting = lock(meeting, by)
    if meeting.state != MeetingState.HELD:
        raise ValidationError(_("開催済みの会議だけ、開催日の記録を改められます。"))
    before = meeting.snapshot
    meeting.snapshot = snapshot.take(meeting)
    _save(meeting, "snapshot")
    record(by=by, action="meetings.renew_snapshot", target=meeting, before=before, after=meeting.snapshot)
    return meeting


def lock(meeting: Meeting, by: Actor) -> Meeting:
    """The meeting as it is now, held until the action is done, if this person may record it."""
    meeting = Meeting.objects.select_for_update(of=["self"]).select_related("group").get(pk=meeting.pk)
    if not policy.can_record(by.user, meeting):
        raise PermissionDenied(_("この会議の記録は、事務局の担当者だけが行えます。"))
    return meeting


def _save(meeting: Meeting, *fields: str) -> None:
    meeting.version += 1
    meeting.clean_fields()
    meeting.validate_constraints()
    meeting.save(update_fields=[*fields, "version"])


def _unmarked(meeting: Meeting):
    people = meeting.group.memberships.on(meeting.day).select_related("user")
    return people.exclude(attendance_records__meeting=meeting).in_roster_order()


def _line(meeting: Meeting, membership_id: int) -> AttendanceRecord:
    """A new line with name, category and title as they are that day; a walk-in may have no term then."""
    people = meeting.group.memberships.on(meeting.day).select_related("user")
    membership = people.filter(pk=membership_id).first()
    if membership is None:
        raise ValidationError(_("この方は、開催日に部会に参加していません。名簿を確かめてください。"))
    return _line_of(meeting, membership)


def _line_of(meeting: Meeting, membership: Membership) -> AttendanceRecord:
    return AttendanceRecord(
        meeting=meeting,
        membership=membership,
        category=membership.category,
        name=names.roster(membership.user),
        title=names.with_title(membership.department_name or "", membership.job_title),
        order=membership.order,
    )


def _propose_lines(meeting: Meeting) -> None:
    """The lines that the agenda calls for; the desk moves, adds to or removes them."""
    for item in meeting.items.filter(kind=ItemKind.INTRODUCTIONS):
        RecordEntry.objects.create(
            meeting=meeting, section=Section.ITEM, item=item, order=0, origin=Origin.INTRO_ROUND
        )
    if meeting.number < meeting.group.planned_meetings:
        for order, origin in ((1, Origin.FORM_QUESTIONS), (2, Origin.FORM_THEMES)):
            RecordEntry.objects.create(meeting=meeting, section=Section.NOTICES, order=order, origin=origin)
