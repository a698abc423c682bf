"""A meeting from its first plan to its call: created, edited, announced, cancelled; corrected when it is over."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models.functions import Now
from django.utils.translation import gettext as _, gettext_lazy

from foundation.actions import Actor, action, demand, hold, record, refuse_stale, write
from foundation.db import clock
from meetings import notices, policy, proposals
from meetings.actions._letter_writer import LetterWriter
from meetings.actions._shared import hold_to_correct, hold_to_prepare, refuse_to_move
from meetings.actions.absences import settle_before
from meetings.actions.letters import call_off, settle, withdraw_dates
from meetings.actions.notices import pin
from meetings.actions.surveys import create_survey, fit_sections
from meetings.letters import readers, to_remind
from meetings.models import AgendaItem, Letter, Meeting, Survey
from meetings.states import WITH_REASON, LetterKind, MeetingState, Method, SectionKind
from members import rules
from members.actions.links import refuse_without_purpose
from members.models import Membership, WorkingGroup

A_MINUTE = timedelta(minutes=1)
NOBODY_TO_REMIND = gettext_lazy(
    "再案内を送る方がいません。未回答で、回答期限がまだ過ぎておらず、本日まだ再案内を送っていない方を選んでください。"
)


@action
def create_meeting(
    *, group: WorkingGroup, by: Actor, sections: list[str] | None = None, number: int | None = None, **details: Any
) -> Meeting:
    """Plan the next meeting, with the agenda that the last one leaves and, once there is a day, its form.

    With the number of one that was called off it is made again, with the agenda of that one.
    """
    group = hold(WorkingGroup.objects.all(), group.pk)
    demand(rules.runs_desk(by.user, group.pk), _("会議の作成は、事務局の担当者だけが行えます。"))
    free = proposals.free_numbers(group)
    number = free[-1] if number is None else number
    if number not in free:
        raise ValidationError(_("第%s回は、既に作成されています。会議の一覧で確認してください。") % number)
    meeting = Meeting(group=group, number=number)
    previous = previous_of(meeting)
    write(meeting, **proposals.opening(previous), **details)
    AgendaItem.objects.bulk_create(proposals.agenda(meeting, previous, again=proposals.called_off(meeting)))
    record(by=by, action="meetings.create_meeting", target=meeting, previous=previous and previous.pk)
    if meeting.starts_at:
        _open_survey(meeting, previous, sections)
    settle_before(meeting)
    return meeting


@action
def edit_meeting(*, meeting: Meeting, by: Actor, seen: int, urgent: str = "", **details: Any) -> Meeting:
    """Change the plan. Those who were called are told of a new time or place; their answers stay.

    Of a new time they are asked again. With a reason why it is `urgent` they are told at once.
    """
    meeting = hold_to_prepare(meeting, by)
    refuse_stale(meeting, seen)
    is_as_proposed = _has_proposed_deadline(meeting)
    changed = write(meeting, **details)
    record(by=by, action="meetings.edit_meeting", target=meeting, **changed, **_urgent(urgent))
    if meeting.starts_at and not hasattr(meeting, "survey"):
        _open_survey(meeting, previous_of(meeting), None)
    elif "method" in changed:
        fit_sections(meeting)
    if meeting.state == MeetingState.ANNOUNCED:
        _renew_deadline(meeting)
        settle(meeting, by=by, at_once=bool(urgent))
    elif meeting.starts_at:
        withdraw_dates(meeting)
        if is_as_proposed and "starts_at" in changed:
            _propose_deadline_anew(meeting)
    settle_before(meeting)
    return meeting


@action
def correct_meeting(*, meeting: Meeting, by: Actor, seen: int, **details: Any) -> Meeting:
    """Where it was held and what about: nobody is told, and what was published of it stays as it was."""
    meeting = hold_to_correct(meeting, by)
    if meeting.state != MeetingState.HELD:
        raise ValidationError(_("開催済みの会議だけ、会議の後の訂正ができます。"))
    refuse_stale(meeting, seen)
    changed = write(meeting, **details)
    if Method.WRITTEN in changed.get("method", []):
        raise ValidationError(
            _("書面開催かどうかは、開催済みにした後は変えられません。開催済みを取り消してください。")
        )
    record(by=by, action="meetings.correct_meeting", target=meeting, **changed)
    return meeting


@action
def set_openness(*, meeting: Meeting, by: Actor, seen: int, **details: Any) -> Meeting:
    """Whether citizens may listen; also afterwards, since the report tells of it."""
    meeting = hold_to_correct(meeting, by)
    refuse_stale(meeting, seen)
    if details["openness"] in WITH_REASON and not details.get("openness_reason"):
        raise ValidationError({"openness_reason": _("公開しない理由を入力してください。")})
    changed = write(meeting, **details)
    record(by=by, action="meetings.set_openness", target=meeting, **changed)
    return meeting


@action
def announce(*, meeting: Meeting, by: Actor, seen: int) -> int:
    """Call the meeting: from now on its people see it and can answer. Returns how many emails go out."""
    meeting = hold_to_prepare(meeting, by)
    refuse_to_move(meeting, MeetingState.ANNOUNCED)
    if not policy.is_ready_to_announce(meeting):
        raise ValidationError(_("開催通知を送る前に、日時と入力フォームを決めてください。"))
    refuse_without_purpose(meeting.group)
    if lacking := notices.lacking(meeting, notices.of(meeting)):
        raise ValidationError(lacking)
    refuse_stale(meeting, seen)
    notice = pin(meeting)
    write(meeting, announced_at=clock.now(), state=MeetingState.ANNOUNCED)
    Survey.objects.filter(meeting=meeting, opens_at__gt=Now()).update(opens_at=Now())
    sent = by_email(settle(meeting, by=by, also_new=True))
    record(by=by, action="meetings.announce", target=meeting, emails=sent, notice_number=notice.number)
    settle_before(meeting)
    return sent


@action
def cancel(*, meeting: Meeting, by: Actor, seen: int, reason: str, urgent: str = "") -> int:
    """Call it off; those who have heard of it are told why. Its number becomes free again."""
    meeting = hold_to_prepare(meeting, by)
    refuse_stale(meeting, seen)
    refuse_to_move(meeting, MeetingState.CANCELLED)
    write(meeting, state=MeetingState.CANCELLED, called_off_at=clock.now(), called_off_reason=reason)
    record(by=by, action="meetings.cancel", target=meeting, reason=reason, **_urgent(urgent))
    settle_before(meeting)
    return by_email(call_off(meeting, by=by, reason=reason, at_once=bool(urgent)))


@action
def abandon(*, meeting: Meeting, by: Actor, seen: int, reason: str) -> Meeting:
    """流会: its day has come and too few with it. Its number becomes free again; the roll stays as it was."""
    meeting = hold_to_prepare(meeting, by)
    refuse_stale(meeting, seen)
    if not policy.can_fall_short(meeting):
        raise ValidationError(_("流会として記録できるのは、開催日を迎えた会議だけです。"))
    now = clock.now()
    write(meeting, state=MeetingState.CANCELLED, fell_short=True, called_off_at=now, called_off_reason=reason)
    record(by=by, action="meetings.abandon", target=meeting, reason=reason)
    return meeting


@action
def resume(*, meeting: Meeting, by: Actor, seen: int) -> Meeting:
    """It was no 流会 after all: back to where it was, as long as its number was not given again."""
    meeting = hold(Meeting.objects.select_related("group"), meeting.pk)
    demand(policy.can_run(by.user, meeting), _("会議の準備は、事務局の担当者だけが行えます。"))
    if not meeting.fell_short:
        raise ValidationError(_("流会として記録した会議ではないため、取り消すものがありません。"))
    refuse_stale(meeting, seen)
    before = MeetingState.ANNOUNCED if meeting.announced_at else MeetingState.DRAFT
    reason = meeting.called_off_reason
    write(meeting, state=before, fell_short=False, called_off_at=None, called_off_reason="")
    record(by=by, action="meetings.resume", target=meeting, reason=reason)
    return meeting


@action
def remind(*, meeting: Meeting, by: Actor, people: Collection[int] | None) -> int:
    """Ask these once more, or everybody, as far as they have not answered; nobody twice a day."""
    meeting = hold_to_prepare(meeting, by)
    late = to_remind(meeting)
    chosen = readers(meeting, late if people is None else late.filter(pk__in=people))
    if not chosen:
        raise ValidationError(NOBODY_TO_REMIND)
    sent = by_email(LetterWriter(meeting, by=by).write_all(LetterKind.REMIND, chosen))
    record(by=by, action="meetings.remind", target=meeting, emails=sent)
    return sent


@action
def resend(*, meeting: Meeting, membership: Membership, by: Actor) -> bool:
    """Send one person their link again; pressed twice within a minute it is one email."""
    meeting = hold_to_prepare(meeting, by)
    person = meeting.asked().select_related("user").filter(pk=membership.pk).first()
    if meeting.state != MeetingState.ANNOUNCED or person is None:
        raise ValidationError(_("回答用リンクは、開催通知の後、名簿にある方だけに送れます。"))
    if person.pk in _resent(meeting, since=clock.now() - A_MINUTE):
        return True
    (reader,) = readers(meeting, [person])
    (letter,) = LetterWriter(meeting, by=by, at_once=True).write_all(LetterKind.RESEND, [reader])
    sent = letter.email is not None
    record(by=by, action="meetings.resend", target=meeting, membership=membership.pk, sent=sent)
    return sent


def _resent(meeting: Meeting, *, since: datetime) -> set[int]:
    recent = meeting.letters.filter(kind=LetterKind.RESEND, made_at__gt=since)
    return set(recent.values_list("membership", flat=True))


def by_email(written: list[Letter]) -> int:
    return sum(not letter.by_paper for letter in written)


def previous_of(meeting: Meeting) -> Meeting | None:
    return Meeting.objects.before(meeting).first()


def _urgent(reason: str) -> dict[str, str]:
    return {"urgent": reason} if reason else {}


def _has_proposed_deadline(meeting: Meeting) -> bool:
    """Nobody has chosen another: before the call it goes with the day."""
    if meeting.starts_at is None:
        return False
    return Survey.objects.filter(meeting=meeting, closes_at=proposals.deadline(meeting.day)).exists()


def _propose_deadline_anew(meeting: Meeting) -> None:
    survey, closes_at = Survey.objects.get(meeting=meeting), proposals.deadline(meeting.day)
    write(survey, closes_at=closes_at, opens_at=min(survey.opens_at, closes_at - A_MINUTE))


def _renew_deadline(meeting: Meeting) -> None:
    """Who is asked again has time to answer: a deadline that has passed, or lies behind the day, is set anew."""
    survey = Survey.objects.get(meeting=meeting)
    if meeting.starts_at is None or clock.now() < survey.closes_at < meeting.starts_at:
        return
    proposed = proposals.deadline(meeting.day)
    if not clock.now() < proposed < meeting.starts_at:
        proposed = meeting.starts_at - A_MINUTE
    write(survey, closes_at=proposed)


def _open_survey(meeting: Meeting, previous: Meeting | None, sections: list[str] | None) -> None:
    asked = proposals.sections(meeting.group, previous) if sections is None else sections
    create_survey(
        meeting,
        closes_at=proposals.deadline(meeting.day),
        sections=asked,
        themes=proposals.themes(previous) if SectionKind.THEMES in asked else (),
    )
