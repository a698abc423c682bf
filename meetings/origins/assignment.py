from meetings.models import RecordEntry
from meetings.origins.source import Source
from meetings.states import Origin


class Assigned(Source):
    kind = Origin.ASSIGNMENT

    def point_to_result(self, entry: RecordEntry) -> None:
        told = entry.meeting.entries.standing().filter(origin=self.kind)
        untold = entry.meeting.assignments.exclude(entries__in=told)
        entry.assignment = untold.order_by("id").first()
