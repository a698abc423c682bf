"""A data set that was withdrawn is noted as it is, and withdrawn again after a restore (foundation/ledger)."""

from typing import Any

from django.db.models import Model

from foundation.db import clock
from foundation.ledger.notes import note
from members.models import User
from opendata.models import Dataset


def withdraw(dataset: Dataset, *, user: User, reason: str) -> None:
    dataset.withdrawn_at, dataset.withdrawn_by, dataset.withdrawn_reason = clock.now(), user, reason
    dataset.validate_constraints()
    dataset.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])


def note_dataset(dataset: Dataset, *, user: User) -> None:
    note("dataset", dataset, by=user.pk, reason=dataset.withdrawn_reason)


def dataset(pk: int, said: dict[str, Any]) -> Model | None:
    row = Dataset.objects.filter(pk=pk, withdrawn_at__isnull=True).select_related("created_by").first()
    if row is None:
        return None
    user = User.objects.filter(pk=said["by"]).first() or row.created_by
    withdraw(row, user=user, reason=said["reason"])
    return row
