from meetings.models import RecordEntry
from meetings.origins.source import Source
from meetings.states import Origin


class Assigned(Source):
    kind = Origin.ASSIGNMENT

    def point_to_result(self, entry: RecordEntry) -> None:
        untold = entry.meeting.assignments.filter(entries__isnull=True)
        entry.assignment = untold.order_by("id").first()
