from meetings.models import Meeting, RecordEntry
from meetings.origins.source import Source
from meetings.states import MeetingState, Origin


class LastMinutes(Source):
    """That this meeting went through the minutes of the one before; what it wanted to have corrected is typed."""

    kind = Origin.LAST_MINUTES


def confirmation_of(meeting: Meeting) -> RecordEntry | None:
    """The line by which the next meeting confirmed the minutes of this one."""
    following = Meeting.objects.after(meeting).values("pk")[:1]
    lines = RecordEntry.objects.filter(origin=Origin.LAST_MINUTES, withheld_reason="", meeting__in=following)
    return lines.filter(meeting__state=MeetingState.HELD).select_related("meeting__group").first()
