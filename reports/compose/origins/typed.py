from meetings.models import RecordEntry
from reports.compose.rows import Rows
from reports.formats import blocks
from reports.formats.sentences import Spans


def typed(rows: Rows, entry: RecordEntry) -> Spans:
    return (blocks.typed(entry.text),)
