"""With what every action on a meeting begins: its row, held until the action is over, if this person may."""

from django.core.exceptions import ValidationError
from django.db.models import Manager, Max, Model
from django.utils.translation import gettext as _

from foundation.actions import Actor, demand, hold, write
from meetings import policy
from meetings.models import Meeting
from meetings.states import NEXT, MeetingState


def hold_to_prepare(meeting: Meeting, by: Actor) -> Meeting:
    """For whoever plans and calls it: until it is held or cancelled."""
    held = hold(Meeting.objects.select_related("group"), meeting.pk)
    demand(policy.can_run(by.user, held), _("会議の準備は、事務局の担当者だけが行えます。"))
    if not policy.is_being_prepared(held):
        raise ValidationError(_("この会議は「%s」のため、変更できません。") % held.get_state_display())
    return held


def hold_to_correct(meeting: Meeting, by: Actor) -> Meeting:
    """For whoever prepares it, and corrects afterwards what stands in the report: until it is called off."""
    held = hold(Meeting.objects.select_related("group"), meeting.pk)
    demand(policy.can_run(by.user, held), _("会議の準備は、事務局の担当者だけが行えます。"))
    if not policy.can_be_corrected(held):
        raise ValidationError(_("この会議は「%s」のため、変更できません。") % held.get_state_display())
    return held


def hold_to_record(meeting: Meeting, by: Actor) -> Meeting:
    """For whoever writes down what happened: roll, record, questions."""
    held = hold(Meeting.objects.select_related("group"), meeting.pk)
    demand(policy.can_record(by.user, held), _("この会議の記録は、事務局の担当者だけが行えます。"))
    return held


def hold_with_roll(meeting: Meeting, by: Actor) -> Meeting:
    held = hold_to_record(meeting, by)
    if held.is_written:
        raise ValidationError(
            _("書面開催の会議には、出席の記録がありません。回答状況のページで結果を決めてください。")
        )
    return held


def refuse_to_move(meeting: Meeting, to: MeetingState) -> None:
    if to not in NEXT[meeting.state]:
        raise ValidationError(
            _("この会議は「%(now)s」のため、「%(to)s」にできません。")
            % {"now": meeting.get_state_display(), "to": to.label}
        )


def count_change(meeting: Meeting) -> None:
    """What stands in the call has changed: a check page that was opened before is known as stale."""
    write(meeting, version=meeting.version + 1)


def next_order(rows: "Manager[Model]") -> int:
    return (rows.aggregate(last=Max("order"))["last"] or 0) + 1
