from meetings.models import RecordEntry
from meetings.origins.source import Source
from meetings.states import Origin


class Elected(Source):
    kind = Origin.ELECTION

    def point_to_result(self, entry: RecordEntry) -> None:
        told = entry.meeting.entries.standing().filter(origin=self.kind)
        untold = entry.meeting.elections.exclude(entries__in=told)
        entry.election = untold.order_by("id").first()
