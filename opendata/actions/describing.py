"""What is published, and under which words."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from foundation.actions import Actor, action, record, refuse_stale, write
from opendata.actions._shared import hold_to_change, keep
from opendata.models import DatasetVersion
from opendata.table import privacy

# What a version says of itself; the address is the data set's, for good.
WORDS = ("title", "description", "licence", "update_cycle")


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
    # Of columns that may speak of persons, by their index.
    privacy: Mapping[int, str] = field(default_factory=dict)


@action
def describe(*, version: DatasetVersion, by: Actor, seen: int, publication: Publication) -> DatasetVersion:
    """Write title, licence and the rest; tick the columns. `seen` is the version's count on the page.

    They are this version's: what is public says what it said until this one is published.
    """
    version = hold_to_change(version, by)
    refuse_stale(version, seen)
    dataset = version.dataset
    if publication.slug != dataset.slug and dataset.versions.published().exists():
        raise ValidationError({"slug": _("一度公開したデータセットのアドレスは変更できません。")})
    changes = write(dataset, slug=publication.slug)
    for name in WORDS:
        before, after = getattr(version, name), getattr(publication, name)
        if before != after:
            changes[name] = [before, after]
            setattr(version, name, after)
    version.clean_fields(exclude={each.name for each in version._meta.fields} - set(WORDS))
    ticked = [column["letter"] for column in version.public_columns]
    for column in version.columns:
        column["publish"] = column["index"] in publication.columns
    version.privacy_confirmed = publication.privacy_confirmed
    version.privacy_answers = privacy.as_kept(version, publication.privacy)
    keep(version, *WORDS, "columns", "privacy_confirmed", "privacy_answers")
    columns = [ticked, [column["letter"] for column in version.public_columns]]
    record(
        by=by,
        action="opendata.describe",
        target=version,
        **changes,
        columns=columns,
        privacy_confirmed=version.privacy_confirmed,
        privacy=version.privacy_answers,
    )
    return version
