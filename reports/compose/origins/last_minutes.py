from django.utils.translation import gettext as _

from meetings.models import RecordEntry
from reports.compose.problems import Fix, Missing
from reports.compose.rows import Rows
from reports.formats import sentences
from reports.formats.sentences import Spans


def last_minutes(rows: Rows, entry: RecordEntry) -> Spans:
    if entry.previous_number is None:
        raise Missing(
            _(
                "前回の会議がないため、前回会議録の確認の文を作成できません。不要なときは、この行を削除してください。"
            ),
            Fix.RECORD,
        )
    return sentences.last_minutes(entry.previous_number, corrected=entry.text)
