from collections.abc import Iterator

from meetings.models import Meeting, RecordEntry
from meetings.origins.source import Source
from meetings.states import ItemKind, Origin


class IntroRound(Source):
    """How the introductions went."""

    kind = Origin.INTRO_ROUND

    def called_for(self, meeting: Meeting) -> Iterator[RecordEntry]:
        for item in meeting.items.filter(kind=ItemKind.INTRODUCTIONS):
            yield self.under(item, order=0)
