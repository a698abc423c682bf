"""Reports of the time before this portal, with the file as which they were published then."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meetings.models.material import FOLDER
from reports.models.report import ReportRevision


class FiledReport(models.Model):
    """Makes a revision one that nobody composed here. Where only its text was given there is no file."""

    revision = models.OneToOneField(
        ReportRevision, primary_key=True, on_delete=models.PROTECT, related_name="filed"
    )
    file = models.FileField(_("ファイル"), upload_to=f"{FOLDER}/", max_length=200, blank=True)
    # As its sender called it.
    name = models.CharField(_("ファイル名"), max_length=255, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(_("大きさ"), default=0)

    class Meta:
        verbose_name = _("過去の会議録（ファイル）")
        constraints = [
            models.CheckConstraint(
                condition=Q(file="", name="", sha256="") | (~Q(file="") & ~Q(name="") & ~Q(sha256="")),
                name="reports_filed_is_whole",
            )
        ]

    def __str__(self) -> str:
        return self.name or str(self.revision)

    @property
    def extension(self) -> str:
        return self.name.rpartition(".")[2].lower()

    @property
    def stored(self) -> str:
        return self.file.name or ""
