"""Whether a file is read while the page waits or by a worker, and how far that is."""

import hashlib
import json

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from foundation.jobs.models import Job
from opendata.models import DatasetVersion
from opendata.table.ways import Way

KIND = "opendata.read"
# About five thousand rows; a page answers within a second.
AT_ONCE = 1 << 20


# What the reader died of; another sheet may be lighter.
DEADLY = {"too-heavy", "too-slow", "broken-off"}
NOT_AGAIN = _(
    "このファイルは、前に読み込みが途中で止まったため、同じ読み込みを繰り返せません。"
    "直したファイルに差し替えてください。"
)


def refuse_what_died(version: DatasetVersion, way: Way) -> None:
    """A file that has ended its reader would end the next one, and keep a place from the others meanwhile."""
    error = version.detected.get("error", {})
    if error.get("code") in DEADLY and version.way == way:
        raise ValidationError(NOT_AGAIN)


def takes_long(version: DatasetVersion) -> bool:
    try:
        return version.original.size > AT_ONCE
    except (ValueError, FileNotFoundError):
        # What is not there is read at once: that it is lost is a sentence too.
        return False


def key_of(version: DatasetVersion, way: Way) -> str:
    """From where the version stands now, a file is read once in each way."""
    said = hashlib.sha256(json.dumps(way).encode()).hexdigest() if way else ""
    return f"{version.pk}:{version.version}:{said}"


def of(version: DatasetVersion) -> Job | None:
    """The reading that was asked for as the version stands now."""
    return Job.objects.filter(kind=KIND, key__startswith=f"{version.pk}:{version.version}:").first()
