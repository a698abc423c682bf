"""Who may, and when. Actions ask and decide; templates ask to know which buttons to show."""

from meetings.models import Meeting
from meetings.states import MeetingState
from members.models import WorkingGroup


def can_run(user, meeting: Meeting) -> bool:
    """Runs the desk of the meeting's group today."""
    return WorkingGroup.objects.run_by(user).filter(pk=meeting.group_id).exists()


def can_record(user, meeting: Meeting) -> bool:
    """Roll, record and questions: also after the meeting, since what was published stays as it was."""
    return meeting.state != MeetingState.CANCELLED and can_run(user, meeting)
