"""Whether a version is published while the page waits or by a worker, and how far that is."""

import json
from typing import Any

from foundation.jobs.models import Job
from opendata.models import DatasetVersion
from opendata.table.originals import digest

KIND = "opendata.publish"
# Cells that are made into files while a page waits: about half a second.
AT_ONCE = 100_000


def takes_long(version: DatasetVersion) -> bool:
    return version.detected["rows"] * len(version.public_columns) > AT_ONCE


def key_of(version: DatasetVersion, decision: dict[str, Any]) -> str:
    """From where the version stands now, the same decision is carried out once; one that was mended anew."""
    return f"{version.pk}:{version.version}:{digest(json.dumps(decision, sort_keys=True).encode())}"


def of(version: DatasetVersion) -> Job | None:
    """The publication that was asked for last as the version stands now."""
    asked = Job.objects.filter(kind=KIND, key__startswith=f"{version.pk}:{version.version}:")
    return asked.order_by("-id").first()
