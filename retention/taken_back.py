"""What was disposed of is noted outside the database: a restore of yesterday's rows does not bring it back."""

from datetime import date
from typing import Any

from django.db.models import Model

from foundation import retention
from foundation.db import clock
from foundation.ledger.notes import note
from members.models import User, WorkingGroup
from retention.kinds import KINDS
from retention.letting_go import let_go
from retention.models import Disposal


def note_disposal(disposal: Disposal) -> None:
    note(
        "disposal",
        disposal,
        of=disposal.kind,
        group=disposal.group_id,
        fiscal_year=disposal.fiscal_year,
        decided_on=disposal.decided_on,
        decided_by=disposal.decided_by,
        document_number=disposal.document_number,
        by=disposal.recorded_by_id,
    )


def disposal(_pk: int, said: dict[str, Any]) -> Model | None:
    """By the same decision, under a number of its own: that number may be another's in these rows."""
    kind = KINDS[said["of"]]
    if said["group"] and not WorkingGroup.objects.filter(pk=said["group"]).exists():
        return None
    row = Disposal(
        kind=kind.name,
        group_id=said["group"],
        fiscal_year=said["fiscal_year"],
        decided_on=date.fromisoformat(said["decided_on"]),
        decided_by=said["decided_by"],
        document_number=said["document_number"],
        due_on=clock.today(),
        recorded_by=User.objects.filter(pk=said["by"]).first(),
    )
    if not any(rows.exists() for rows in kind.rows(row.unit)):
        return None
    row.digest, row.counts = retention.digest(kind, row.unit), retention.counts(kind, row.unit)
    # A decision that waited in the backup is this one.
    Disposal.objects.open().of(kind, row.unit).delete()
    row.save()
    let_go(row)
    note_disposal(row)
    return row
