"""An action begins by holding the row it is about; whoever comes second sees what the first one did."""

from django.db.models import F

from foundation.actions import Actor, demand
from opendata import policy
from opendata.models import Dataset, DatasetVersion


def hold(version: DatasetVersion) -> DatasetVersion:
    versions = DatasetVersion.objects.select_for_update(of=["self"]).select_related("dataset__department")
    return versions.get(pk=version.pk)


def hold_to_change(version: DatasetVersion, by: Actor) -> DatasetVersion:
    version = hold(version)
    demand(policy.can_change(by.user, version), policy.NOT_ALLOWED)
    return version


def hold_dataset(dataset: Dataset) -> Dataset:
    return Dataset.objects.select_for_update(of=["self"]).select_related("department").get(pk=dataset.pk)


def save(version: DatasetVersion, *fields: str) -> None:
    """Save these fields and count the change, so that pages opened before it are known as such."""
    version.validate_constraints()
    version.version = F("version") + 1
    version.save(update_fields=[*fields, "version"])
    version.refresh_from_db(fields=["version"])
