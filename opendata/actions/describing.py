"""What is published, and under which words."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from foundation.audit import trail
from opendata import locks
from opendata.conflict import refuse_stale
from opendata.models import DatasetVersion

WORDS = ("title", "slug", "description", "licence", "update_cycle")


@dataclass(frozen=True)
class Publication:
    """What the publication page asks."""

    title: str
    slug: str
    description: str
    licence: str
    update_cycle: str
    columns: frozenset[int]
    privacy_confirmed: bool


@transaction.atomic
def describe(*, version: DatasetVersion, by, seen: int, publication: Publication) -> DatasetVersion:
    """Write title, licence and the rest; tick the columns. `seen` is the version's count on the page."""
    version = locks.hold_to_change(version, by)
    refuse_stale(version, seen)
    dataset = version.dataset
    if publication.slug != dataset.slug and dataset.versions.published().exists():
        raise ValidationError({"slug": _("一度公開したデータセットのアドレスは変更できません。")})
    changed = {
        name: getattr(publication, name) for name in WORDS if getattr(publication, name) != getattr(dataset, name)
    }
    for name, value in changed.items():
        setattr(dataset, name, value)
    dataset.full_clean(exclude=["created_by", "assignment"])
    dataset.save(update_fields=WORDS)
    before = [column["letter"] for column in version.public_columns]
    for column in version.columns:
        column["publish"] = column["index"] in publication.columns
    version.privacy_confirmed = publication.privacy_confirmed
    locks.save(version, "columns", "privacy_confirmed")
    columns = [before, [column["letter"] for column in version.public_columns]]
    trail.record(
        by=by,
        deed="opendata.describe",
        target=version,
        **changed,
        columns=columns,
        privacy_confirmed=version.privacy_confirmed,
    )
    return version
