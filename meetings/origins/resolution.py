from collections.abc import Iterator

from meetings.models import Meeting, RecordEntry
from meetings.origins.source import Source
from meetings.states import Origin


class Resolved(Source):
    """What was decided in writing of an item."""

    kind = Origin.RESOLUTION

    def called_for(self, meeting: Meeting) -> Iterator[RecordEntry]:
        if meeting.is_written:
            for item in meeting.items.filter(needs_decision=True):
                yield self.under(item, order=0)
