from meetings.models import RecordEntry
from meetings.origins.source import Source
from meetings.states import Origin


class Elected(Source):
    kind = Origin.ELECTION

    def point_to_result(self, entry: RecordEntry) -> None:
        untold = entry.meeting.elections.filter(entries__isnull=True)
        entry.election = untold.order_by("id").first()
