"""Whether a file is read while the page waits or by a worker, and how far that is."""

from foundation.jobs.models import Job
from opendata.models import DatasetVersion

KIND = "opendata.read"
# About five thousand rows; a page answers within a second.
AT_ONCE = 1 << 20


def takes_long(version: DatasetVersion) -> bool:
    return version.original.size > AT_ONCE


def key_of(version: DatasetVersion, sheet: str = "") -> str:
    """From where the version stands now, a file and a sheet are read once."""
    return f"{version.pk}:{version.version}:{sheet}"


def of(version: DatasetVersion) -> Job | None:
    """The reading that was asked for as the version stands now."""
    return Job.objects.filter(kind=KIND, key__startswith=f"{version.pk}:{version.version}:").first()
