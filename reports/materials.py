"""Which materials stand in public beside a report, frozen as it is published, and gone as it is withheld."""

import hashlib
from collections.abc import Iterable, Sequence

from meetings.actions import consents
from meetings.models import MaterialVersion
from reports.models import PublishedMaterial, ReportRevision


def publish(revision: ReportRevision, versions: Sequence[MaterialVersion]) -> None:
    """Those of the revision before make way for these."""
    meeting = revision.report.meeting
    consents.leave_public(meeting)
    PublishedMaterial.objects.bulk_create(
        PublishedMaterial(
            revision=revision,
            place=version.place,
            title=version.material.title,
            file=version.stored,
            name=version.name,
            sha256=version.sha256,
            size=version.size,
        )
        for version in versions
    )
    consents.enter_public(versions)


def name_of(text: str, versions: Iterable[MaterialVersion]) -> str:
    """Names all that would be published: the text (by its hash) and what would stand beside it."""
    files = "".join(f"{version.label}　{version.material.title}{version.sha256}" for version in versions)
    return hashlib.sha256(f"{text}{files}".encode()).hexdigest() if files else text


def is_same(revision: ReportRevision | None, text: str, beside: Iterable[MaterialVersion]) -> bool:
    """Whether a revision that was published says this, with these files beside it."""
    if revision is None or revision.text != text:
        return False
    published = [(one.place, one.title, one.sha256) for one in revision.materials.all()]
    return published == [(one.place, one.material.title, one.sha256) for one in beside]
