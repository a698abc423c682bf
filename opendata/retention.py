"""What departments handed in, hidden columns included, and how it goes (foundation/retention.py)."""

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from foundation.retention import RecordKind, Rows, Unit, of_year, rows_of, units_by_year
from opendata.catalogue import kept
from opendata.models import Dataset, DatasetRow, DatasetVersion, Finding, Repair
from opendata.models.version import DatasetVersionQuerySet

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Originals(RecordKind):
    """Versions that were never published go wholly; of one that a newer one replaced its public files stay.

    What the newest published version was made from stays: from it a damaged file is made anew. Where a public file
    of one that was replaced is missing, nothing goes. The bytes
    themselves go at night, when no row names them any more (opendata/jobs.py).
    """

    name = "originals"
    label = _("提出されたデータの元のファイル")
    holds = _("各課が提出した元のファイル。公開しない列を含み、公開したファイルは含みません。")
    of_group = False

    def units(self) -> Counter[Unit]:
        return units_by_year(self._in_work(), "uploaded_at") + units_by_year(self._replaced(), "uploaded_at")

    def rows(self, unit: Unit) -> list[Rows]:
        return [of_year(versions, "uploaded_at", unit) for versions in (self._in_work(), self._replaced())]

    def against(self, unit: Unit) -> "StrOrPromise":
        lacking = [version for version in self.rows(unit)[1] if kept.lacking(version)]
        return _("「%s」の公開ファイルがそろっていません。") % lacking[0] if lacking else ""

    def dispose(self, unit: Unit, *, on: date) -> None:
        in_work, replaced = (list(rows.values_list("pk", flat=True)) for rows in self.rows(unit))
        # First it is said, then it goes: what is frozen asks for this.
        DatasetVersion.objects.filter(pk__in=replaced).update(original="", disposed_on=on)
        for parts in (DatasetRow, Finding, Repair):
            rows_of(parts).filter(version__in=[*in_work, *replaced]).delete()
        versions = DatasetVersion.objects.filter(pk__in=in_work)
        datasets = list(versions.values_list("dataset", flat=True))
        versions.delete()
        Dataset.objects.filter(pk__in=datasets, versions=None).delete()

    @staticmethod
    def _in_work() -> DatasetVersionQuerySet:
        return DatasetVersion.objects.in_work()

    @staticmethod
    def _replaced() -> DatasetVersionQuerySet:
        newer = DatasetVersion.objects.published().filter(
            dataset=OuterRef("dataset"), number__gt=OuterRef("number")
        )
        return DatasetVersion.objects.published().filter(Exists(newer), disposed_on=None)
