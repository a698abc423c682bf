"""What the actions of a report have in common."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from foundation.actions import Actor, Conflict, demand, hold
from meetings import policy
from meetings.models import Meeting
from meetings.states import MeetingState
from reports.models import Report


def hold_report(meeting: Meeting, by: Actor) -> Report:
    """The report of a meeting that was held, made when it is first written to.

    The meeting's row is held: whoever makes the report first is found by whoever comes second, and the rows
    that the report is composed from do not change under it.
    """
    meeting = hold(Meeting.objects.select_related("group"), meeting.pk)
    demand(policy.can_run(by.user, meeting), _("結果報告は、事務局の担当者だけが扱えます。"))
    if meeting.state != MeetingState.HELD:
        raise ValidationError(_("結果報告は、会議を「開催済み」にした後に扱えます。"))
    report, _made = Report.objects.get_or_create(meeting=meeting)
    report.meeting = meeting
    return report


def refuse_unseen(sha256: str, shown: str) -> None:
    """Nobody decides on, publishes or withholds a text that their page did not show."""
    if sha256 != shown:
        raise Conflict(stored=sha256, sent=shown)
