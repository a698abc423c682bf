"""The name in a data set's address: proposed from its kind, never one that a page of the portal has."""

from opendata.models import Dataset
from opendata.standards import file_slug_of

RESERVED = {"assignments", "kinds", "mine", "review"}


def free(standard: str, *, keep: str = "") -> str:
    """public-toilet, or public-toilet-2 where that is taken by another than the one to `keep`."""
    stem = file_slug_of(standard) or "table"
    others = Dataset.objects.filter(slug__startswith=stem).exclude(slug=keep)
    taken = set(others.values_list("slug", flat=True)) | RESERVED
    candidates = (stem if number == 1 else f"{stem}-{number}" for number in range(1, len(taken) + 2))
    return next(slug for slug in candidates if slug not in taken)
