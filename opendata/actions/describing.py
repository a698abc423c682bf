"""What is published, and under which words."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from foundation.actions import Actor, action, record, refuse_stale
from opendata.actions._shared import hold_to_change, keep
from opendata.models import DatasetVersion

WORDS = ("title", "slug", "description", "licence", "update_cycle")
# What a published version keeps saying of itself; the address is the data set's for good.
FROZEN = ("title", "description", "licence", "update_cycle", "standard")


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


@action
def describe(*, version: DatasetVersion, by: Actor, seen: int, publication: Publication) -> DatasetVersion:
    """Write title, licence and the rest; tick the columns. `seen` is the version's count on the page.

    Beside a published version they wait with this one: what is public changes by publication alone.
    """
    version = hold_to_change(version, by)
    refuse_stale(version, seen)
    dataset = version.described
    is_public = dataset.versions.published().exists()
    if publication.slug != dataset.slug and is_public:
        raise ValidationError({"slug": _("一度公開したデータセットのアドレスは変更できません。")})
    changed = {
        name: getattr(publication, name) for name in WORDS if getattr(publication, name) != getattr(dataset, name)
    }
    for name, value in changed.items():
        setattr(dataset, name, value)
    dataset.full_clean(exclude=["created_by", "assignment"])
    if is_public:
        version.words |= changed
    else:
        dataset.save(update_fields=WORDS)
        version.dataset = dataset
    before = [column["letter"] for column in version.public_columns]
    for column in version.columns:
        column["publish"] = column["index"] in publication.columns
    version.privacy_confirmed = publication.privacy_confirmed
    keep(version, "columns", "privacy_confirmed", "words")
    columns = [before, [column["letter"] for column in version.public_columns]]
    record(
        by=by,
        action="opendata.describe",
        target=version,
        **changed,
        columns=columns,
        privacy_confirmed=version.privacy_confirmed,
    )
    return version
