from meetings.models import RecordEntry
from reports.compose.rows import Rows
from reports.formats import sentences
from reports.formats.sentences import Spans


def assignment(rows: Rows, entry: RecordEntry) -> Spans:
    task = next(one for one in rows.assignments if one.pk == entry.assignment_id)
    due = task.due_meeting
    return sentences.assignment(
        due_is_next=due.number == rows.meeting.number + 1, due_number=due.number, detail=task.detail_text
    )
