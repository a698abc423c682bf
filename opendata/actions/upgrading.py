"""A version is brought to the present edition of its standard: by repairs of titles and cells, each taken back."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from foundation.actions import Actor, action, record, refuse_stale
from foundation.db import clock
from opendata.actions._shared import hold_to_change
from opendata.actions.repairing import make
from opendata.models import DatasetVersion, Repair
from opendata.states import RepairState
from opendata.table import rows, upgrading


@action
def upgrade(*, version: DatasetVersion, by: Actor, seen: int) -> int:
    """Returns how many titles and cells changed. What the present edition does not know is not published."""
    version = hold_to_change(version, by)
    refuse_stale(version, seen)
    plan = upgrading.plan_of(version)
    if plan is None:
        raise ValidationError(_("現行の版の列になっています。"))
    decided = {"state": RepairState.ACCEPTED, "decided_by": by.user, "decided_at": clock.now()}
    changes = [
        Repair(version=version, row=row, column=column, code=code, before=before, after=after, **decided)
        for row, column, code, before, after, _on in upgrading.repairs_of(version, plan)
    ]
    Repair.objects.bulk_create(changes, batch_size=1000)
    for column in plan.leaving:
        version.columns[column.index - 1]["publish"] = False
    version.standard = plan.present.name
    standing = rows.standing(version, {repair.row for repair in changes} | {version.header_row or 0})
    make(version, standing, changes, back=False)
    record(by=by, action="opendata.upgrade", target=version, cells=len(changes), standard=version.standard)
    return len(changes)
