from collections.abc import Iterator
from typing import ClassVar

from meetings.models import AgendaItem, Meeting, RecordEntry
from meetings.states import Origin, RecordPlace


class Source:
    """What a line of the record is made from: by itself of whatever rows are found while composing."""

    kind: ClassVar[Origin]

    def point_to_result(self, entry: RecordEntry) -> None:
        """Tie a new line to the result that it tells of: the first of which no line tells yet."""

    def called_for(self, meeting: Meeting) -> Iterator[RecordEntry]:
        """The lines, unsaved, that the agenda calls for as the meeting is held; the desk moves or removes them."""
        yield from ()

    def under(self, item: AgendaItem, order: int) -> RecordEntry:
        return RecordEntry(
            meeting=item.meeting, section=RecordPlace.ITEM, item=item, order=order, origin=self.kind
        )

    def among_notices(self, meeting: Meeting) -> RecordEntry:
        return RecordEntry(meeting=meeting, section=RecordPlace.NOTICES, origin=self.kind)
