"""Public lists whose next version a file may be: of the same kind, with the same columns, or called the same."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from opendata import standards
from opendata.models import DatasetVersion

# Of all titles of two lists so many stand in both.
SAME, MOST = 0.8, 6


class PublicOnes(NamedTuple):
    """The newest public version of each, the latest first; of some a next version is in work already."""

    free: list[DatasetVersion]
    in_work: list[DatasetVersion]


def public_ones_like(version: DatasetVersion) -> PublicOnes:
    public = DatasetVersion.objects.current().filter(dataset__department=version.dataset.department)
    others = public.exclude(dataset=version.dataset_id).light().select_related("dataset")
    like = [other for other in others if _is_like(version, other)]
    begun = DatasetVersion.objects.in_work().filter(dataset__in=[other.dataset_id for other in like])
    busy = set(begun.values_list("dataset_id", flat=True))
    return PublicOnes(
        [other for other in like if other.dataset_id not in busy][:MOST],
        [other for other in like if other.dataset_id in busy][:MOST],
    )


def called_the_same(version: DatasetVersion, title: str) -> DatasetVersion | None:
    """Another public list, of whichever section, of its own first."""
    same = DatasetVersion.objects.current().filter(title__iexact=title.strip()).exclude(dataset=version.dataset_id)
    found = list(same.light().select_related("dataset__department"))
    own = (other for other in found if other.dataset.department_id == version.dataset.department_id)
    return next(own, None) or next(iter(found), None)


def _is_like(version: DatasetVersion, other: DatasetVersion) -> bool:
    """What stays inside may be in the file or not."""
    if version.title.casefold() == other.title.casefold():
        return True
    if version.standard and other.standard:
        return standards.present(version.standard) == standards.present(other.standard)
    mine = titles(version.columns)
    each = (titles(other.columns), titles(other.public_columns))
    return bool(mine) and any(len(mine & theirs) >= SAME * len(mine | theirs) for theirs in each)


def titles(columns: Iterable[dict[str, Any]]) -> set[str]:
    return {column["header"] for column in columns if column["header"]}
