"""A file of a published version: what it is called in the storage, how long it is, and its hash."""

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from opendata.models.version import DatasetVersion
from opendata.states import Coding, FileKind

FOLDER = "public"


class PublicFile(models.Model):
    """Made once, before the version is published, and frozen with it.

    A file lies there as it is and once more compressed: each is a row of its own, for each has its own bytes.
    A version that was published before there were such rows may get those it lacks.
    """

    version = models.ForeignKey(DatasetVersion, on_delete=models.CASCADE, related_name="files")
    kind = models.CharField(_("形式"), max_length=4, choices=FileKind)
    coding = models.CharField(_("圧縮"), max_length=4, choices=Coding, blank=True, default=Coding.PLAIN)
    file = models.FileField(_("ファイル"), max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField(_("大きさ"))

    class Meta:
        verbose_name = _("公開ファイル")
        constraints = [
            models.UniqueConstraint(fields=["version", "kind", "coding"], name="opendata_public_file_once"),
            # What lies in the storage under this name is this, or it is damaged.
            models.CheckConstraint(
                condition=Q(file=Concat(Value(f"{FOLDER}/"), "sha256")), name="opendata_public_file_by_hash"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.kind} {self.coding}".rstrip()

    @property
    def name(self) -> str:
        """In the storage."""
        return str(self.file.name)
