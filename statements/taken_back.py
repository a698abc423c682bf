"""What was taken away by a decision is noted, and taken away again after a restore (foundation/ledger)."""

from datetime import date
from typing import Any

from django.db.models import Model

from foundation.actions import write
from foundation.ledger.notes import note
from members.models import User
from statements.models import PublishedStatement
from statements.states import Statement


def note_withdrawal(gone: PublishedStatement) -> None:
    note(
        "statement",
        gone,
        # Of each statement the last word counts; a row's number may be another's after a restore.
        key=gone.statement,
        reason=gone.change,
        decided_on=gone.decided_on,
        decided_by=gone.decided_by,
        document_number=gone.document_number,
        by=gone.published_by_id,
    )


def statement(_pk: int, said: dict[str, Any]) -> Model | None:
    """What was published afterwards is not in the backup: what stands again was taken away."""
    last = PublishedStatement.objects.standing().of(Statement(said["key"])).first()
    if last is None:
        return None
    gone = PublishedStatement(statement=last.statement, number=last.number + 1)
    gone.published_by = User.objects.filter(pk=said["by"]).first() or last.published_by
    write(
        gone,
        change=said["reason"],
        decided_on=date.fromisoformat(said["decided_on"]),
        decided_by=said["decided_by"],
        document_number=said["document_number"],
    )
    return gone
