from django.utils.translation import gettext as _

from meetings.models import RecordEntry
from reports.compose.problems import Fix, Missing
from reports.compose.rows import Rows
from reports.formats import sentences
from reports.formats.sentences import Spans


def resolution(rows: Rows, entry: RecordEntry) -> Spans:
    found = next((vote for vote in rows.outcome.votes if vote.item.pk == entry.item_id), None)
    if found is None or found.carried is None:
        raise Missing(_("この議題には、書面による議決の結果がありません。"), Fix.IN_WRITING)
    return sentences.resolution(
        yes=found.yes, no=found.no, other=found.other, carried=found.carried, by_chair=found.by_chair
    )
