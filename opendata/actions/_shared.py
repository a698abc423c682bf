"""With what every action on a data set begins and ends: its row held, and the change counted."""

from typing import Any

from foundation.actions import Actor, demand, hold
from opendata import policy
from opendata.models import Dataset, DatasetVersion


def hold_version(version: DatasetVersion) -> DatasetVersion:
    return hold(DatasetVersion.objects.select_related("dataset__department"), version.pk)


def hold_to_change(version: DatasetVersion, by: Actor) -> DatasetVersion:
    version = hold_version(version)
    demand(policy.can_change(by.user, version), policy.NOT_TO_CHANGE)
    return version


def hold_dataset(dataset: Dataset) -> Dataset:
    return hold(Dataset.objects.select_related("department"), dataset.pk)


def keep(version: DatasetVersion, *fields: str, **values: Any) -> None:
    """Save these fields alone, for a version may hold megabytes, and count the change."""
    for name, value in values.items():
        setattr(version, name, value)
    version.version += 1
    version.validate_constraints()
    version.save(update_fields=[*fields, *values, "version"])
