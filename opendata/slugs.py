"""The name in a data set's address: proposed from its kind, never one that a page of the portal has."""

from opendata.models import Dataset
from opendata.standards import file_slug_of

RESERVED = {"assignments", "mine", "review"}


def free(standard: str) -> str:
    """public-toilet, or public-toilet-2 where that is taken."""
    stem = file_slug_of(standard) or "table"
    taken = set(Dataset.objects.filter(slug__startswith=stem).values_list("slug", flat=True)) | RESERVED
    candidates = (stem if number == 1 else f"{stem}-{number}" for number in range(1, len(taken) + 2))
    return next(slug for slug in candidates if slug not in taken)
