"""What the house keeps, kind by kind, and how each goes when its time is over.

A kind belongs to the floor that owns its tables (`members/retention.py`, `meetings/retention.py`, …). How long
it is kept, who decides that it goes, and what is recorded of that, stands in `retention/`.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django.db.models import Case, Count, Model, QuerySet, Value, When
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import ExtractYear

from foundation.db.locks import close_tables

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Rows = QuerySet[Any]


@dataclass(frozen=True, order=True)
class Unit:
    """What goes together: of one group (by its number), or of the whole town, in one fiscal year."""

    year: int
    group: int | None = None


class RecordKind:
    """One kind of records.

    `years` is what we propose: so many fiscal years after the one they belong to, None for as long as the house
    stands. `of_group`: of one group, else of the whole town. `by_owner`: web and worker may not touch it.
    """

    name: ClassVar[str]
    label: ClassVar["StrOrPromise"]
    # What citizens and members are told that it holds.
    holds: ClassVar["StrOrPromise"]
    years: ClassVar[int | None] = 1
    of_group: ClassVar[bool] = True
    by_owner: ClassVar[bool] = False

    def units(self) -> Counter[Unit]:
        """Of what there is anything, and how many rows."""
        raise NotImplementedError

    def rows(self, unit: Unit) -> list[Rows]:
        """What goes of it, in the order in which it can go."""
        raise NotImplementedError

    def against(self, unit: Unit) -> "StrOrPromise":
        """Why it must not go as things are; empty where it may."""
        return ""

    def dispose(self, unit: Unit, *, on: date) -> None:
        """For good. What stays says that something went, and on which day."""
        for rows in self.rows(unit):
            rows.delete()


class GroupRecordKind(RecordKind):
    """`parts`: each model with the way from its rows to their group, in the order in which they can go."""

    parts: ClassVar[tuple[tuple[type[Model], str], ...]]

    def units(self) -> Counter[Unit]:
        found: Counter[Unit] = Counter()
        for model, path in self.parts:
            # A way may lead nowhere: a theme that the desk named was proposed in no reply.
            rows = rows_of(model).filter(**{f"{path}__isnull": False}).order_by()
            of_groups = rows.values_list(path, f"{path}__fiscal_year")
            for group, year, count in of_groups.annotate(count=Count("pk")):
                found[Unit(year, group)] += count
        return found

    def rows(self, unit: Unit) -> list[Rows]:
        return [rows_of(model).filter(**{path: unit.group}) for model, path in self.parts]


def rows_of(model: type[Model]) -> Rows:
    """All of a table."""
    manager = model._meta.default_manager
    assert manager is not None
    return manager.all()


def fiscal_year(path: str) -> CombinedExpression:
    """In SQL: that of a day or a moment, from April on."""
    early = Case(When(**{f"{path}__month__lt": 4}, then=Value(1)), default=Value(0))
    return ExtractYear(path) - early


def units_by_year(rows: Rows, path: str) -> Counter[Unit]:
    """Of a kind of the whole town: how many in each fiscal year."""
    years = rows.order_by().annotate(fiscal_year=fiscal_year(path)).values_list("fiscal_year")
    return Counter({Unit(year): count for year, count in years.annotate(count=Count("pk"))})


def of_year(rows: Rows, path: str, unit: Unit) -> Rows:
    return rows.annotate(fiscal_year=fiscal_year(path)).filter(fiscal_year=unit.year)


# What would go, told before it does


def counts(kind: RecordKind, unit: Unit) -> dict[str, int]:
    """What each sort of row is called → how many."""
    found: Counter[str] = Counter()
    for rows in kind.rows(unit):
        found[str(rows.model._meta.verbose_name)] += rows.count()
    return {name: count for name, count in found.items() if count}


def listing(kind: RecordKind, unit: Unit) -> Iterator[tuple[str, int, str]]:
    """Each row: what it is called, its number, and what it says of itself."""
    for rows in kind.rows(unit):
        name = str(rows.model._meta.verbose_name)
        yield from ((name, row.pk, str(row)) for row in rows.order_by("pk").iterator(chunk_size=500))


def digest(kind: RecordKind, unit: Unit) -> str:
    """Of exactly these rows as they are: one more, less or changed is another decision."""
    told = hashlib.sha256()
    for rows in kind.rows(unit):
        names = [field.name for field in rows.model._meta.concrete_fields]
        told.update(rows.model._meta.label.encode())
        seen = rows.order_by("pk").values_list("pk", *(["version"] if "version" in names else []))
        for row in seen.iterator(chunk_size=5000):
            told.update(f" {row}".encode())
    return told.hexdigest()


def keep_others_out(kind: RecordKind, unit: Unit) -> None:
    """Until this transaction is over nobody writes to these tables: what is counted is what goes."""
    close_tables({rows.model._meta.db_table for rows in kind.rows(unit)})
