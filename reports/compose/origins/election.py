from meetings.models import RecordEntry
from meetings.states import ElectionBasis
from reports.compose.rows import Rows
from reports.formats import sentences
from reports.formats.sentences import Spans


def election(rows: Rows, entry: RecordEntry) -> Spans:
    held = entry.election
    assert held is not None  # meetings_entry_has_election
    return sentences.election(
        charter=rows.meeting.group.charter,
        office=str(rows.meeting.group.office(held.office)),
        elected=rows.house_name(held.elected),
        candidates=held.candidates,
        rule=held.rule,
        by_charter=held.basis == ElectionBasis.CHARTER,
    )
