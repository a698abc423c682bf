"""What was disposed of is noted outside the database: a restore of yesterday's rows does not bring it back."""

from datetime import date
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from foundation.db import clock
from foundation.ledger.notes import note
from foundation.retention import Unit
from members.models import User, WorkingGroup
from retention.kinds import KINDS
from retention.letting_go import let_go
from retention.models import Disposal


def note_disposal(disposal: Disposal) -> None:
    note(
        "disposal",
        disposal,
        key=str(disposal.key),
        of=disposal.kind,
        group=disposal.group_id,
        fiscal_year=disposal.fiscal_year,
        digest=disposal.digest,
        counts=disposal.counts,
        decided_on=disposal.decided_on,
        decided_by=disposal.decided_by,
        document_number=disposal.document_number,
        on=clock.today(),
        by=disposal.recorded_by_id,
    )


def disposal(_pk: int, said: dict[str, Any]) -> Model | None:
    """By the same decision, which may stand open in the backup, or not at all."""
    if said["group"] and not WorkingGroup.objects.filter(pk=said["group"]).exists():
        return None
    row = Disposal.objects.filter(key=said["key"]).first() or Disposal(key=said["key"])
    if row.done_at:
        return None
    # Another that waited in the backup on the same records has nothing left to decide on.
    unit = Unit(said["fiscal_year"], said["group"])
    Disposal.objects.open().of(KINDS[said["of"]], unit).exclude(pk=row.pk).delete()
    on = date.fromisoformat(said["on"])
    row.kind, row.group_id, row.fiscal_year = said["of"], said["group"], said["fiscal_year"]
    row.digest = said["digest"]
    row.counts, row.decided_by, row.document_number = said["counts"], said["decided_by"], said["document_number"]
    row.decided_on, row.due_on = date.fromisoformat(said["decided_on"]), on
    row.stopped_because, row.cancelled_at, row.cancelled_by = "", None, None
    row.recorded_by = User.objects.filter(pk=said["by"]).first()
    row.save()
    let_go(row, on=on)
    return row


def stop_all() -> int:
    """After a restore: what was decided may have been taken back since, or held. A person decides again.

    Part of a transaction. Returns how many are stopped.
    """
    return Disposal.objects.open().update(stopped_because=str(RESTORED))


RESTORED = _("バックアップから復元したため、その後に取り消されたか差し止められたか分かりません。")
