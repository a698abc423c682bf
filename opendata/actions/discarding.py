"""A version that was begun by mistake goes, before anybody outside of its section was asked about it."""

from foundation.actions import Actor, action, demand, record, refuse_stale
from opendata import policy
from opendata.actions._shared import hold_version
from opendata.models import DatasetVersion


@action
def discard(*, version: DatasetVersion, by: Actor, seen: int) -> DatasetVersion:
    """With its table and repairs; the data set too, where it has no other version. What is public stays.

    The file's bytes go at night, when no row names them any more (opendata/jobs.py).
    """
    version = hold_version(version)
    demand(policy.can_discard(by.user, version), policy.NOT_TO_DISCARD)
    refuse_stale(version, seen)
    file, dataset = version.original_name, version.dataset
    record(by=by, action="opendata.discard", target=version, file=file, sha256=version.original_sha256)
    version.delete()
    if not dataset.versions.exists():
        dataset.delete()
    return version
