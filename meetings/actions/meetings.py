"""A meeting from its first plan to its call: created, edited, announced, cancelled."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.actions import Actor, action, demand, hold, record, refuse_stale, write
from foundation.db import clock
from meetings import emails, policy, proposals
from meetings.actions._shared import hold_to_prepare, refuse_to_move
from meetings.actions.surveys import create_survey
from meetings.models import AgendaItem, Meeting, Survey
from meetings.states import MeetingState
from members import rules
from members.actions.links import personal_link
from members.models import Membership, WorkingGroup
from members.models.membership import MembershipQuerySet
from members.states import Purpose

# A change of one of these is told to everybody who was called.
TOLD = {"starts_at", "ends_at", "building", "room"}


@action
def create_meeting(
    *, group: WorkingGroup, by: Actor, sections: list[str] | None = None, number: int | None = None, **details: Any
) -> Meeting:
    """Plan the next meeting, with the agenda that the last one leaves and, once there is a day, its form."""
    group = hold(WorkingGroup.objects.all(), group.pk)
    demand(rules.runs_desk(by.user, group.pk), _("会議の作成は、事務局の担当者だけが行えます。"))
    previous = last_meeting(group)
    following = previous.number + 1 if previous else 1
    if number not in {None, following}:
        raise ValidationError(_("第%s回は、既に作成されています。会議の一覧で確認してください。") % number)
    meeting = Meeting(group=group, number=following)
    write(meeting, **details)
    AgendaItem.objects.bulk_create(proposals.agenda(meeting, previous))
    record(by=by, action="meetings.create_meeting", target=meeting, previous=previous and previous.pk)
    if meeting.starts_at:
        _open_survey(meeting, previous, sections)
    return meeting


@action
def edit_meeting(*, meeting: Meeting, by: Actor, seen: int, **details: Any) -> Meeting:
    """Change the plan. Those who were called are told of a new time or place; their answers stay."""
    meeting = hold_to_prepare(meeting, by)
    refuse_stale(meeting, seen)
    changed = write(meeting, **details)
    record(by=by, action="meetings.edit_meeting", target=meeting, **changed)
    if meeting.starts_at and not hasattr(meeting, "survey"):
        _open_survey(meeting, previous_of(meeting), None)
    if meeting.state == MeetingState.ANNOUNCED and TOLD & changed.keys():
        tell(meeting, "change", by=by, key=str(meeting.version))
    return meeting


@action
def announce(*, meeting: Meeting, by: Actor, seen: int, notice_number: str = "") -> int:
    """Call the meeting: from now on its people see it and can answer. Returns how many emails go out."""
    meeting = hold_to_prepare(meeting, by)
    refuse_to_move(meeting, MeetingState.ANNOUNCED)
    if not policy.is_ready_to_announce(meeting):
        raise ValidationError(_("開催通知を送る前に、日時と入力フォームを決めてください。"))
    refuse_stale(meeting, seen)
    if meeting.survey.closes_at <= clock.now():
        raise ValidationError(_("回答期限が過ぎています。入力フォームの回答期限を改めてください。"))
    write(meeting, notice_number=notice_number, announced_at=clock.now(), state=MeetingState.ANNOUNCED)
    Survey.objects.filter(meeting=meeting, opens_at__gt=Now()).update(opens_at=Now())
    sent = tell(meeting, "announce", by=by, key="1")
    record(by=by, action="meetings.announce", target=meeting, emails=sent, notice_number=notice_number)
    return sent


@action
def cancel(*, meeting: Meeting, by: Actor, seen: int, reason: str) -> int:
    """Call it off; those who were called are told why. Its number becomes free again."""
    meeting = hold_to_prepare(meeting, by)
    refuse_stale(meeting, seen)
    was_announced = meeting.state == MeetingState.ANNOUNCED
    refuse_to_move(meeting, MeetingState.CANCELLED)
    write(meeting, state=MeetingState.CANCELLED)
    record(by=by, action="meetings.cancel", target=meeting, reason=reason)
    return tell(meeting, "cancel", by=by, key="1", reason=reason) if was_announced else 0


@action
def remind(*, meeting: Meeting, by: Actor) -> int:
    """Ask those once more who have not answered; at most once a day."""
    meeting = hold_to_prepare(meeting, by)
    survey = Survey.objects.filter(meeting=meeting).first()
    if meeting.state != MeetingState.ANNOUNCED or survey is None or survey.closes_at <= clock.now():
        raise ValidationError(_("再案内は、回答を受け付けている間だけ送れます。"))
    sent = tell(meeting, "remind", by=by, key=clock.today().isoformat(), people=unanswered(meeting))
    record(by=by, action="meetings.remind", target=meeting, emails=sent)
    return sent


@action
def resend(*, meeting: Meeting, membership: Membership, by: Actor) -> bool:
    """Send one person their link again; pressed twice within a minute it is one email."""
    meeting = hold_to_prepare(meeting, by)
    person = meeting.asked().select_related("user").filter(pk=membership.pk).first()
    if meeting.state != MeetingState.ANNOUNCED or person is None:
        raise ValidationError(_("回答用リンクは、開催通知の後、名簿にある方だけに送れます。"))
    key = timezone.localtime(clock.now()).strftime("%Y-%m-%dT%H:%M")
    link = personal_link(membership=person, purpose=Purpose.MEETING, by=by)
    email = emails.send("resend", meeting=meeting, membership=person, link=link, key=key, at_once=True)
    record(by=by, action="meetings.resend", target=meeting, membership=membership.pk, sent=bool(email))
    return email is not None


def tell(
    meeting: Meeting,
    name: str,
    *,
    by: Actor,
    key: str,
    people: MembershipQuerySet | None = None,
    **context: Any,
) -> int:
    """One email to each person who is asked; returns how many will leave."""
    survey = Survey.objects.filter(meeting=meeting).first()
    items = list(meeting.items.select_related("presenter__user"))
    asked = (meeting.asked() if people is None else people).select_related("user").in_roster_order()
    sent = 0
    for person in asked:
        # Also for those without an address: their slips of paper carry it.
        link = personal_link(membership=person, purpose=Purpose.MEETING, by=by)
        email = emails.send(
            name, meeting=meeting, membership=person, link=link, key=key, survey=survey, items=items, **context
        )
        sent += email is not None
    return sent


def unanswered(meeting: Meeting) -> MembershipQuerySet:
    return meeting.asked().exclude(replies__survey__meeting=meeting)


def last_meeting(group: WorkingGroup) -> Meeting | None:
    return group.meetings.standing().order_by("-number").first()


def previous_of(meeting: Meeting) -> Meeting | None:
    return meeting.group.meetings.standing().filter(number=meeting.number - 1).first()


def _open_survey(meeting: Meeting, previous: Meeting | None, sections: list[str] | None) -> None:
    create_survey(
        meeting,
        closes_at=proposals.deadline(meeting.day),
        sections=proposals.sections(meeting.group, previous) if sections is None else sections,
    )
