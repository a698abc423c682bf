"""The materials that stand beside a published report, as they were on the day of its meeting."""

from django.db import models
from django.utils.translation import gettext, gettext_lazy as _

from meetings.models.material import FOLDER
from reports.models.report import ReportRevision


class PublishedMaterial(models.Model):
    """Frozen with its revision, whatever becomes of the meeting's own. A trigger refuses every change."""

    # Told by the page on which it stands: where its reader finds it.
    address = ""

    revision = models.ForeignKey(ReportRevision, on_delete=models.PROTECT, related_name="materials")
    place = models.PositiveSmallIntegerField(_("番号"))
    title = models.CharField(_("資料名"), max_length=100)
    file = models.FileField(_("ファイル"), upload_to=f"{FOLDER}/", max_length=200)
    # As its sender called it.
    name = models.CharField(_("ファイル名"), max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField(_("大きさ"))

    class Meta:
        verbose_name = _("結果報告と一緒に公開した資料")
        ordering = ["revision", "place"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "place"], name="reports_material_place_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.label}　{self.title}"

    @property
    def label(self) -> str:
        """資料1, as the report calls it."""
        return gettext("資料%s") % self.place

    @property
    def extension(self) -> str:
        return self.name.rpartition(".")[2].lower()

    @property
    def stored(self) -> str:
        return self.file.name or ""
