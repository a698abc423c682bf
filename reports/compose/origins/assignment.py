from meetings.models import RecordEntry
from reports.compose.rows import Rows
from reports.formats import sentences
from reports.formats.sentences import Spans


def assignment(rows: Rows, entry: RecordEntry) -> Spans:
    task = next(one for one in rows.assignments if one.pk == entry.assignment_id)
    due = task.due_meeting
    if due is None:
        assert task.due_at is not None  # meetings_assignment_is_due
        return sentences.by_a_day(task.due_at, task.detail_text)
    return sentences.assignment(
        due_is_next=due.number == rows.meeting.number + 1, due_number=due.number, detail=task.detail_text
    )
