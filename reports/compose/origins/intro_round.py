from meetings.models import RecordEntry
from reports.compose.rows import Rows
from reports.formats import sentences
from reports.formats.sentences import Spans


def intro_round(rows: Rows, entry: RecordEntry) -> Spans:
    lengths: dict[int | None, int | None] = {item.pk: item.minutes_each for item in rows.items}
    return sentences.intro_round(lengths.get(entry.item_id), from_sheets=entry.has_sheets)
