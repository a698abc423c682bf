"""Who came, and the meeting that thereby was held."""

from datetime import datetime, time
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext

from foundation.actions import Actor, Conflict, action, record, refuse_stale, write
from foundation.calendar import wareki
from foundation.db import clock
from meetings import snapshot
from meetings.actions._shared import hold_to_record, hold_with_roll
from meetings.actions.absences import settle_in_short
from meetings.actions.letters import withdraw, withdraw_dates
from meetings.models import AttendanceRecord, Letter, Meeting, Reply
from meetings.origins import ORIGINS
from meetings.states import NEXT, LetterKind, MeetingState, Mode, RecordPlace
from members import names
from members.actions.memberships import correct_term
from members.models import Membership
from members.models.membership import MembershipQuerySet
from members.states import COUNTED


@action
def mark(
    *,
    meeting: Meeting,
    membership: Membership,
    by: Actor,
    mode: str,
    seen: int | None = None,
    substitute_name: str | None = None,
    substitute_title: str = "",
    times: tuple[time | None, time | None] | None = None,
) -> AttendanceRecord:
    """Write that this person came, took part online or stayed away; again to correct it.

    `seen` is the line's version on the page, 0 where it showed none; None where nothing was shown. `times` are
    when somebody came late and left early.
    """
    meeting = hold_with_roll(meeting, by)
    line = meeting.roll.filter(membership=membership).first()
    before = line and line.mode
    if seen is not None and seen != (line.version if line else 0):
        raise Conflict(line)
    line = line or _line(meeting, membership.pk)
    changes = write(line, mode=mode, **_how(line, mode, substitute_name, substitute_title, times))
    told = {name: changes[name] for name in ("arrived_at", "left_at") if name in changes}
    people = {"membership": membership.pk, "before": before, "after": mode}
    record(by=by, action="meetings.mark", target=meeting, **people, **told)
    if meeting.state == MeetingState.HELD:
        settle_in_short(meeting)
    return line


def _how(
    line: AttendanceRecord,
    mode: str,
    substitute_name: str | None,
    substitute_title: str,
    times: tuple[time | None, time | None] | None,
) -> dict[str, Any]:
    """When and as whom. What nothing is said of stays as it is written down, unless nobody came."""
    if substitute_name is None and mode != Mode.ABSENT:
        substitute_name, substitute_title = line.substitute_name, line.substitute_title
    if mode == Mode.ABSENT:
        times = None, None
    arrived_at, left_at = times or (line.arrived_at, line.left_at)
    return {
        "arrived_at": arrived_at,
        "left_at": left_at,
        "is_substitute": bool(substitute_name),
        "substitute_name": substitute_name or "",
        "substitute_title": substitute_title,
    }


@action
def unmark(*, meeting: Meeting, membership: Membership, by: Actor, seen: int) -> None:
    """Take a mark back: nothing is known of this person again."""
    meeting = hold_with_roll(meeting, by)
    line = meeting.roll.filter(membership=membership).first()
    if line is None:
        raise ValidationError(_("この方の出席の記録は、既に取り消されています。"))
    if seen != line.version:
        raise Conflict(line)
    if meeting.state == MeetingState.HELD and line.category in COUNTED:
        raise ValidationError(
            _("開催済みの会議には、全員の出席の記録が必要です。会場、オンライン、欠席のいずれかに直してください。")
        )
    said = {"before": line.mode, "substitute_name": line.substitute_name, "was_there": line.was_there}
    line.delete()
    record(by=by, action="meetings.unmark", target=meeting, membership=membership.pk, **said)


@action
def note_day(
    *, meeting: Meeting, by: Actor, seen: int, observers: int | None, chaired_by: Membership | None = None
) -> Meeting:
    """Write down what belongs to the whole day: how many listened, and who chaired where the chair did not."""
    meeting = hold_with_roll(meeting, by)
    refuse_stale(meeting, seen)
    if chaired_by and meeting.roll.filter(membership=chaired_by, mode=Mode.ABSENT).exists():
        raise ValidationError({"chaired_by": _("この方は欠席と記録されています。出席の記録を確認してください。")})
    changes = write(meeting, observers=observers, chaired_by=chaired_by)
    record(by=by, action="meetings.note_day", target=meeting, **changes)
    return meeting


@action
def mark_the_rest(*, meeting: Meeting, by: Actor) -> int:
    """Write everybody who is summed, said nothing beforehand and is not on the roll yet as in the room."""
    meeting = hold_with_roll(meeting, by)
    answered = Reply.objects.standing().filter(survey__meeting=meeting).values("membership")
    lines = [_line_of(meeting, person) for person in _unmarked(meeting).counted().exclude(pk__in=answered)]
    for line in lines:
        line.mode = Mode.VENUE
    people = _write_in_one_press(lines)
    record(by=by, action="meetings.mark_the_rest", target=meeting, people=people)
    return len(lines)


@action
def begin_on_the_day(*, meeting: Meeting, by: Actor) -> int:
    """The roster was entered after the meeting: whoever begins since then was of the group on that day already."""
    meeting = hold_with_roll(meeting, by)
    if meeting.state == MeetingState.HELD:
        raise ValidationError(_("開催済みの会議です。開始日は、名簿のページで一人ずつ訂正してください。"))
    late = snapshot.entered_late(meeting)
    for term in late:
        correct_term(term=term, by=by, seen=term.version, valid_from=meeting.day)
    people = [term.membership_id for term in late]
    record(by=by, action="meetings.begin_on_the_day", target=meeting, people=people)
    return len(late)


@action
def mark_as_answered(*, meeting: Meeting, by: Actor) -> int:
    """Write everybody who answered and is not on the roll yet as they announced themselves."""
    meeting = hold_with_roll(meeting, by)
    answered = Reply.objects.standing().filter(survey__meeting=meeting)
    people = {answer.membership_id: answer for answer in answered}
    lines = []
    for membership in _unmarked(meeting).filter(pk__in=people):
        answer = people[membership.pk]
        line = _line_of(meeting, membership)
        line.mode, line.is_substitute = answer.mode, answer.is_substitute
        line.substitute_name, line.substitute_title = answer.substitute_name, answer.substitute_title
        lines.append(line)
    record(by=by, action="meetings.mark_as_answered", target=meeting, people=_write_in_one_press(lines))
    return len(lines)


def _write_in_one_press(lines: list[AttendanceRecord]) -> list[int | None]:
    """The people written down."""
    press = uuid4()
    for line in lines:
        line.press = press
    AttendanceRecord.objects.bulk_create(lines)
    return [line.membership_id for line in lines]


@action
def take_back_press(*, meeting: Meeting, by: Actor, press: UUID) -> int:
    """Take back what one press wrote down of many; whoever was corrected since stays as they are."""
    meeting = hold_with_roll(meeting, by)
    if meeting.state == MeetingState.HELD:
        raise ValidationError(_("開催済みの会議には、全員の出席の記録が必要です。一人ずつ訂正してください。"))
    lines = meeting.roll.filter(press=press, version=1)
    said = [list(line) for line in lines.order_by("order", "id").values_list("membership", "mode")]
    lines.delete()
    record(by=by, action="meetings.take_back_press", target=meeting, people=said)
    return len(said)


@action
def hold(*, meeting: Meeting, by: Actor, seen: int, held_from: datetime, held_to: datetime) -> Meeting:
    """Declare the meeting held: pin what is true that day, propose the first lines."""
    meeting = hold_with_roll(meeting, by)
    refuse_stale(meeting, seen)
    if MeetingState.HELD not in NEXT[meeting.state]:
        raise ValidationError(_("この会議は「%s」のため、開催済みにできません。") % meeting.get_state_display())
    if timezone.localdate(held_from) > clock.today():
        raise ValidationError(_("開催日がまだ来ていないため、開催済みにできません。"))
    meeting.held_from = held_from
    _refuse_strangers(meeting)
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
    pinned = snapshot.take(meeting)
    write(meeting, held_to=held_to, state=MeetingState.HELD, snapshot=pinned)
    withdraw_dates(meeting)
    propose_lines(meeting)
    record(by=by, action="meetings.hold", target=meeting, snapshot=meeting.snapshot)
    return meeting


@action
def reopen(*, meeting: Meeting, by: Actor, seen: int) -> Meeting:
    """It was not held after all, or not yet: back to where it was, with roll and record as they stand.

    Whether something of it has left the house is known to the floor above (reports.actions.reopen).
    """
    meeting = hold_to_record(meeting, by)
    refuse_stale(meeting, seen)
    if meeting.state != MeetingState.HELD:
        raise ValidationError(_("開催済みの会議ではないため、取り消すものがありません。"))
    before = MeetingState.ANNOUNCED if meeting.announced_at and meeting.starts_at else MeetingState.DRAFT
    changes = write(meeting, state=before, held_from=None, held_to=None, snapshot=None)
    withdraw(Letter.objects.waiting().filter(meeting=meeting, kind=LetterKind.IN_SHORT))
    record(by=by, action="meetings.reopen", target=meeting, **changes)
    return meeting


@action
def correct_times(*, meeting: Meeting, by: Actor, seen: int, held_from: datetime, held_to: datetime) -> Meeting:
    meeting = hold_with_roll(meeting, by)
    refuse_stale(meeting, seen)
    changes = write(meeting, held_from=held_from, held_to=held_to)
    record(by=by, action="meetings.correct_times", target=meeting, **changes)
    return meeting


@action
def renew_snapshot(*, meeting: Meeting, by: Actor, seen: int) -> Meeting:
    """Take today's rows for what was true that day: the choice that a warning of the report offers."""
    meeting = hold_to_record(meeting, by)
    if meeting.state != MeetingState.HELD:
        raise ValidationError(_("開催済みの会議だけ、開催日の記録を改められます。"))
    refuse_stale(meeting, seen)
    changes = write(meeting, snapshot=snapshot.take(meeting))
    record(by=by, action="meetings.renew_snapshot", target=meeting, **changes)
    return meeting


def _refuse_strangers(meeting: Meeting) -> None:
    """More people on the roll than in the group: the day was moved, or the roster was entered late."""
    of_roster = meeting.roll.filter(membership__isnull=False)
    strangers = of_roster.exclude(membership__in=meeting.group.memberships.on(meeting.day).values("pk"))
    if count := strangers.count():
        raise ValidationError(
            _(
                "出席を記録した%(count)s名が、開催日（%(day)s）の名簿にありません。"
                "開催日が正しいか、名簿の開始日が開催日より後になっていないかを確認してください。"
            )
            % {"count": count, "day": wareki.date(meeting.day)}
        )


def _unmarked(meeting: Meeting) -> MembershipQuerySet:
    people = meeting.group.memberships.on(meeting.day).select_related("user")
    return people.exclude(attendance_records__meeting=meeting).in_roster_order()


def _line(meeting: Meeting, membership_id: int) -> AttendanceRecord:
    """A new line with name, category and title as they are that day; a walk-in may have no term then."""
    people = meeting.group.memberships.on(meeting.day).select_related("user")
    membership = people.filter(pk=membership_id).first()
    if membership is None:
        raise ValidationError(_("この方は、開催日には参加していません。名簿を確認してください。"))
    return _line_of(meeting, membership)


def _line_of(meeting: Meeting, membership: Membership) -> AttendanceRecord:
    return AttendanceRecord(
        meeting=meeting,
        membership=membership,
        category=membership.category,
        name=names.roster(membership.user),
        title=names.with_title(membership.department_name, membership.job_title),
        order=membership.order,
    )


def propose_lines(meeting: Meeting) -> None:
    """The lines that the agenda calls for, below what stands among the notices; the desk moves or removes them.

    What the desk has written of the same origin already is not proposed a second time.
    """
    written = set(meeting.entries.values_list("origin", "item"))
    last = meeting.entries.filter(section=RecordPlace.NOTICES).aggregate(last=Max("order"))["last"] or 0
    for source in ORIGINS.values():
        for entry in source.called_for(meeting):
            if (entry.origin, entry.item_id) in written:
                continue
            if entry.section == RecordPlace.NOTICES:
                last += 1
                entry.order = last
            entry.save()
