"""Searched for any part of a name: an index knows which characters stand in it, alone and side by side."""

from collections.abc import Collection, Mapping
from itertools import product

from django.contrib.postgres.fields import ArrayField
from django.db.models import Func, Q, TextField
from django.db.models.expressions import Combinable

LONGEST = 3


def grams_of(said: Combinable) -> Func:
    """The function bears the name of the log, which had it first."""
    return Func(said, function="audit_grams", output_field=ArrayField(TextField()))


def narrowed(word: str, variants: Mapping[str, Collection[str]]) -> Q:
    """Of rows with an alias `grams` all in which the word may stand, with others of its characters too.

    It leaves out no row in which it stands; some that it leaves in have only its parts.
    """
    found = Q()
    for gram in _grams(word):
        written = ["".join(each) for each in product(*(variants.get(one, one) for one in gram))]
        found &= Q(grams__overlap=written)
    return found


def _grams(word: str) -> list[str]:
    """None of what the database might write otherwise in capitals than we do."""
    length = min(len(word), LONGEST)
    parts = [word[at : at + length] for at in range(len(word) - length + 1)]
    return [part.upper() for part in dict.fromkeys(parts) if all(map(_is_sure, part))]


def _is_sure(one: str) -> bool:
    return one.isascii() or one == one.lower() == one.upper()
