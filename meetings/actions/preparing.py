"""What every action on a meeting that is still to come begins and ends with."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from foundation.actions import Actor
from meetings import policy
from meetings.models import Meeting
from meetings.states import NEXT, MeetingState


def lock(meeting: Meeting, by: Actor) -> Meeting:
    """The meeting as it is now, held until the action is done, if this person may prepare it."""
    meeting = Meeting.objects.select_for_update(of=["self"]).select_related("group").get(pk=meeting.pk)
    if not policy.can_run(by.user, meeting):
        raise PermissionDenied(_("会議の準備は、事務局の担当者だけが行えます。"))
    if not policy.is_being_prepared(meeting):
        raise ValidationError(_("この会議は「%s」のため、変更できません。") % meeting.get_state_display())
    return meeting


def move(meeting: Meeting, to: MeetingState) -> None:
    if to not in NEXT[meeting.state]:
        raise ValidationError(
            _("この会議は「%(now)s」のため、「%(to)s」にできません。")
            % {"now": meeting.get_state_display(), "to": to.label}
        )
    meeting.state = to


def save(meeting: Meeting, *fields: str) -> None:
    meeting.version += 1
    meeting.full_clean(exclude=["group", "announced_at"])
    meeting.save(update_fields=[*fields, "version"])
