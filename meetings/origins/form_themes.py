from collections.abc import Iterator

from meetings.models import Meeting, RecordEntry
from meetings.origins.source import Source
from meetings.states import Origin


class FormThemes(Source):
    """What the next survey will ask; after the last meeting of the plan there is none."""

    kind = Origin.FORM_THEMES

    def called_for(self, meeting: Meeting) -> Iterator[RecordEntry]:
        if not meeting.is_last_planned:
            yield self.among_notices(meeting)
