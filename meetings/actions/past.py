"""Meetings of the time before this portal: held, and nothing of them but day and place is known here."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from foundation.actions import Actor, action, demand, hold, record, write
from foundation.db import clock
from meetings import snapshot
from meetings.models import Meeting
from meetings.states import MeetingState
from members import rules
from members.models import WorkingGroup


@action
def enter_past_meeting(
    *,
    group: WorkingGroup,
    by: Actor,
    number: int,
    held_from: datetime,
    held_to: datetime,
    building: str = "",
    room: str = "",
) -> Meeting:
    """Nobody is called to it, and there is no roll: the next one that is made follows it."""
    group = hold(WorkingGroup.objects.all(), group.pk)
    demand(rules.runs_desk(by.user, group.pk), _("過去の会議の登録は、事務局の担当者だけが行えます。"))
    _refuse_to_come(held_to)
    if Meeting.objects.standing().filter(group=group, number=number).exists():
        raise ValidationError({"number": _("第%s回は、既に登録されています。") % number})
    meeting = Meeting(group=group, number=number, state=MeetingState.HELD)
    meeting.held_from = meeting.starts_at = held_from
    meeting.held_to = meeting.ends_at = held_to
    meeting.snapshot = snapshot.take(meeting)
    write(meeting, building=building, room=room)
    record(by=by, action="meetings.enter_past_meeting", target=meeting)
    return meeting


@action
def correct_past_meeting(
    *, meeting: Meeting, by: Actor, held_from: datetime, held_to: datetime, building: str, room: str
) -> Meeting:
    meeting = hold(Meeting.objects.select_related("group"), meeting.pk)
    demand(rules.runs_desk(by.user, meeting.group_id), _("過去の会議の訂正は、事務局の担当者だけが行えます。"))
    _refuse_to_come(held_to)
    changes = write(
        meeting,
        building=building,
        room=room,
        held_from=held_from,
        held_to=held_to,
        starts_at=held_from,
        ends_at=held_to,
    )
    record(by=by, action="meetings.correct_past_meeting", target=meeting, **changes)
    return meeting


def _refuse_to_come(held_to: datetime) -> None:
    if held_to > clock.now():
        raise ValidationError({"held_on": _("開催日は、今日までの日付にしてください。")})
