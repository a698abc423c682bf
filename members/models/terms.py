"""Rows that are true from a day to a day, both included; an open end is still true."""

import datetime as dt
from typing import Self, TypeVar

from django.db import models
from django.db.models import Q
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _

from foundation.db import clock
from foundation.db.constraints import in_order

# A day, or the SQL of one: a query over meetings asks about each meeting's own.
Day = dt.date | Combinable
Row = TypeVar("Row", bound="Dated")


def true_on(day: Day, path: str = "") -> Q:
    """The condition that the row at the end of this path ("memberships__terms__") is true on that day."""
    begun, open_, not_over = f"{path}valid_from__lte", f"{path}valid_to__isnull", f"{path}valid_to__gte"
    return Q((begun, day)) & (Q((open_, True)) | Q((not_over, day)))


class DatedQuerySet(models.QuerySet[Row]):
    def on(self, day: Day) -> Self:
        return self.filter(true_on(day))

    def current(self) -> Self:
        return self.on(clock.today())

    def meeting(self, row: "Dated") -> Self:
        """Those that share a day with the row, which is of another owner."""
        begun = self.filter(valid_from__lte=row.valid_to) if row.valid_to else self
        return begun.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=row.valid_from))

    def covering(self, row: "Dated") -> Self:
        """Those that are true on all of its days."""
        lasting = Q(valid_to__isnull=True)
        if row.valid_to:
            lasting |= Q(valid_to__gte=row.valid_to)
        return self.filter(lasting, valid_from__lte=row.valid_from)


class Dated(models.Model):
    valid_from = models.DateField(_("開始日"))
    valid_to = models.DateField(_("終了日"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            in_order(
                "valid_from",
                "valid_to",
                name="%(app_label)s_%(class)s_days_in_order",
                message=_("終了日は開始日以後の日にしてください。"),
            )
        ]

    @property
    def is_current(self) -> bool:
        today = clock.today()
        return self.valid_from <= today and (self.valid_to is None or today <= self.valid_to)

    @property
    def is_future(self) -> bool:
        return self.valid_from > clock.today()
