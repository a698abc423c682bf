"""What a section changed at home, in the workbook that shows its findings, becomes repairs of its table."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from foundation.actions import Actor, action, demand, record, refuse_stale
from foundation.db import clock
from opendata import policy
from opendata.actions._shared import hold_to_change
from opendata.actions.repairing import make
from opendata.models import DatasetVersion, Repair
from opendata.states import RepairState
from opendata.table import checking, rows, taking_home
from opendata.table.taking_home import Brought
from tablecheck import Unreadable

# The kind of a change that was made in Excel, and the seconds that a page waits for a place among the readers.
IN_EXCEL, PATIENCE = "in-excel", 3
ADDED = _(
    "行を加えたExcelは取り込めません（%(rows)s行目）。「ファイルを差し替える」から、全体を差し替えてください。"
)
MISSING = _(
    "行を削ったExcelは取り込めません（%(rows)s行目）。行を外すときは、画面の「データから外す」を押してください。"
)
OF_ANOTHER = _(
    "この表の「指摘事項付きExcel」ではないため、取り込んでいません。別の表のときは、ファイルを差し替えてください。"
)


@action
def bring_back(*, version: DatasetVersion, by: Actor, data: bytes, wait: float = PATIENCE) -> tuple[int, int]:
    """Returns how many cells were changed, and how many were not, because somebody had changed them here since.

    The original stays what it is: with these repairs it is the table. Rows are neither added nor removed so.
    """
    demand(policy.can_change(by.user, version), policy.NOT_TO_CHANGE)
    with checking.look_at_workbook(version, data, wait=wait) as found:
        seen, version = version.version, hold_to_change(version, by)
        refuse_stale(version, seen)
        if isinstance(found, Unreadable):
            raise ValidationError(found.message)
        brought = _of_this_table(version, taking_home.brought(version, found))
    since = version.repairs.filter(decided_at__gt=brought.since)
    newer = set(since.values_list("row", "column"))
    meant = [change for change in brought.changes if change[:2] not in newer]
    if meant:
        decided = {"state": RepairState.ACCEPTED, "decided_by": by.user, "decided_at": clock.now()}
        repairs = [
            Repair(version=version, row=row, column=at, code=IN_EXCEL, before=before, after=after, **decided)
            for row, at, before, after in meant
        ]
        Repair.objects.bulk_create(repairs, batch_size=1000)
        standing = rows.standing(version, {row for row, _at, _before, _after in meant})
        make(version, standing, repairs, back=False)
        record(by=by, action="opendata.bring_back", target=version, cells=len(meant))
    return len(meant), len(brought.changes) - len(meant)


def _of_this_table(version: DatasetVersion, brought: Brought | None) -> Brought:
    if brought is None:
        raise ValidationError(OF_ANOTHER)
    for text, numbers in ((ADDED, brought.added), (MISSING, brought.missing)):
        if numbers:
            raise ValidationError(text, params={"rows": "、".join(map(str, numbers[:10]))})
    return brought
