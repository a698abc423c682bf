"""The table of a version: its rows, what was found in them, and what was changed."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.fields.json import KT
from django.utils.translation import gettext_lazy as _

from opendata.models.version import DatasetVersion
from opendata.states import RepairState
from tablecheck import letter


class DatasetRowQuerySet(models.QuerySet["DatasetRow"]):
    def reading(self, column: int, pattern: str) -> Self:
        """Those whose cell in a column (counted from 1) reads like a pattern of ours."""
        return self.alias(read=KT(f"cells__{column - 1}")).filter(read__regex=pattern)


class DatasetRow(models.Model):
    """A record of the canonical table, written by COPY; `row` is Excel's number."""

    version = models.ForeignKey(DatasetVersion, on_delete=models.CASCADE, related_name="rows")
    row = models.PositiveIntegerField()
    # One string per column, in the order of version.columns.
    cells = models.JSONField()

    objects = DatasetRowQuerySet.as_manager()

    class Meta:
        ordering = ["version_id", "row"]
        constraints = [models.UniqueConstraint(fields=["version", "row"], name="opendata_row_unique")]

    def __str__(self) -> str:
        return f"{self.version_id}:{self.row}"


# Of the file, then row by row as the table has them.
IN_ORDER = (F("row").asc(nulls_first=True), F("column").asc(nulls_first=True), F("id").asc())


class FindingQuerySet(models.QuerySet["Finding"]):
    def in_order(self) -> Self:
        return self.order_by(*IN_ORDER)


class Finding(models.Model):
    """What tablecheck said of a place in the table as it stands now (tablecheck.Finding), written by COPY."""

    version = models.ForeignKey(DatasetVersion, on_delete=models.CASCADE, related_name="findings")
    # Excel's numbers; both empty for the file as a whole, the column alone for one that is missing.
    row = models.PositiveIntegerField(_("行"), null=True)
    column = models.PositiveIntegerField(_("列"), null=True)
    field = models.CharField(max_length=100, null=True)
    code = models.CharField(_("指摘の種類"), max_length=40)
    level = models.CharField(_("重さ"), max_length=10)
    message = models.TextField(_("指摘"))
    value = models.TextField(_("値"), null=True)
    # The value that the cell should probably have.
    repair = models.TextField(_("修正の候補"), null=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("指摘")
        indexes = [
            # The page of a kind, and the marks in fifty rows of the table.
            models.Index(fields=["version", "code", "row", "column"], name="opendata_finding_kind"),
            models.Index(fields=["version", "row"], name="opendata_finding_row"),
        ]

    def __str__(self) -> str:
        return self.message

    @property
    def cell(self) -> str:
        """As Excel names it: F12; empty for what is of no one cell."""
        return f"{letter(self.column)}{self.row}" if self.row and self.column else ""


class Repair(models.Model):
    """before → after, who and why; undoing restores `before`."""

    version = models.ForeignKey(DatasetVersion, on_delete=models.CASCADE, related_name="repairs")
    row = models.PositiveIntegerField(_("行"))
    column = models.PositiveIntegerField(_("列"))
    code = models.CharField(_("指摘の種類"), max_length=40)
    before = models.TextField(_("修正前"))
    after = models.TextField(_("修正後"))
    state = models.CharField(_("状態"), max_length=10, choices=RepairState, default=RepairState.PROPOSED)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("修正")
        ordering = ["version_id", "row", "column", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=RepairState.PROPOSED) | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="opendata_repair_decided_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"

    @property
    def cell(self) -> str:
        """As Excel names it: F12."""
        return f"{letter(self.column)}{self.row}"
