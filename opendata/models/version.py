from copy import copy

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from opendata.models.dataset import Dataset
from opendata.states import EDITABLE, RepairState, VersionState
from tablecheck import letter


class DatasetVersionQuerySet(models.QuerySet):
    def editable(self):
        return self.filter(state__in=EDITABLE)

    def awaiting_review(self):
        return self.filter(state=VersionState.SUBMITTED)

    def in_work(self):
        return self.exclude(state=VersionState.PUBLISHED)

    def published(self):
        return self.filter(state=VersionState.PUBLISHED)

    def current(self):
        """The newest published version of each data set in the catalogue, the latest first."""
        newer = DatasetVersion.objects.published().filter(
            dataset=OuterRef("dataset"), number__gt=OuterRef("number")
        )
        standing = self.published().filter(~Exists(newer), dataset__withdrawn_at__isnull=True)
        return standing.order_by("-published_at", "-id")

    def light(self):
        """Without what may be as long as the table itself; for lists and public pages."""
        return self.defer("findings", "profile")

    def visible_to(self, user):
        """Published ones of data sets not withdrawn to everybody; work in progress to those who may see it."""
        standing = Q(state=VersionState.PUBLISHED, dataset__withdrawn_at__isnull=True)
        if not user.is_authenticated:
            return self.filter(standing)
        return self.filter(standing | Q(dataset__in=Dataset.objects.internal_to(user)))


class DatasetVersion(models.Model):
    """One uploaded file on its way to publication. The original bytes stay internal for ever.

    Approving publishes, and needs the recorded check by the head of section. Once published a trigger
    refuses every change; a new upload is a new version and leaves this one public until it is published.
    """

    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("版"))
    state = models.CharField(
        _("状態"), max_length=10, choices=VersionState, default=VersionState.DRAFT, editable=False
    )
    original = models.FileField(_("元のファイル"), upload_to="originals/", max_length=200)
    original_name = models.CharField(_("ファイル名"), max_length=255)
    original_sha256 = models.CharField(max_length=64)
    # What tablecheck said of the file: format, encoding, delimiter, sheet, sheets, header_row, rows, ragged.
    # Empty until the file was read; {"error": {"code", "message"}} where that failed.
    detected = models.JSONField(_("読み取り結果"), default=dict)
    # [{"index": 1, "letter": "A", "header": "名称", "field": "name" or null, "publish": true}, …]
    columns = models.JSONField(_("列"), default=list)
    findings = models.JSONField(_("指摘"), default=list)
    profile = models.JSONField(_("列の内訳"), default=list)
    # {"title": …, "licence": …}: what this version says of the data set where that differs from what is public
    # (a second version in work), and once published what it said for good. Empty: as the data set says.
    words = models.JSONField(_("公開情報"), default=dict)
    privacy_confirmed = models.BooleanField(_("個人情報の確認"), default=False)
    head_name = models.CharField(_("確認した所属長の氏名"), max_length=100, blank=True)
    head_checked_on = models.DateField(_("確認した日"), null=True, blank=True)
    head_document_number = models.CharField(_("文書番号"), max_length=50, blank=True)
    returned_reason = models.TextField(_("差し戻す理由"), max_length=1000, blank=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(_("アップロード日時"), db_default=Now())
    submitted_at = models.DateTimeField(_("提出日時"), null=True, editable=False)
    published_at = models.DateTimeField(_("公開日時"), null=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    # sha256 of the published CSV.
    public_sha256 = models.CharField(max_length=64, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = DatasetVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("データセットの版")
        ordering = ["dataset", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["dataset", "number"], name="opendata_version_number_unique"),
            models.UniqueConstraint(
                fields=["dataset"],
                condition=~Q(state=VersionState.PUBLISHED),
                name="opendata_one_version_in_work",
                violation_error_message=_("作業中の版があります。先にそれを提出するか、差し替えてください。"),
            ),
            models.CheckConstraint(
                condition=~Q(state=VersionState.PUBLISHED)
                | (
                    Q(published_at__isnull=False, published_by__isnull=False, head_checked_on__isnull=False)
                    & ~Q(head_name="")
                    & ~Q(public_sha256="")
                ),
                name="opendata_published_is_checked",
                violation_error_message=_("公開には、所属長の確認（氏名と確認日）が必要です。"),
            ),
            models.CheckConstraint(
                condition=~Q(state=VersionState.RETURNED) | ~Q(returned_reason=""),
                name="opendata_returned_has_reason",
                violation_error_message=_("差し戻す理由を入力してください。"),
            ),
        ]

    def __str__(self):
        return _("%(dataset)s 第%(number)s版") % {"dataset": self.dataset, "number": self.number}

    @property
    def described(self) -> Dataset:
        """The data set in this version's words; never saved."""
        dataset = copy(self.dataset)
        for name, value in self.words.items():
            setattr(dataset, name, value)
        return dataset

    @property
    def is_editable(self):
        return self.state in EDITABLE

    @property
    def is_published(self):
        return self.state == VersionState.PUBLISHED

    @property
    def is_submitted(self):
        return self.state == VersionState.SUBMITTED

    @property
    def is_read(self):
        return "rows" in self.detected

    @property
    def unreadable(self):
        """The sentence that says why the file could not be read, if so."""
        return self.detected.get("error", {}).get("message", "")

    @property
    def header_row(self):
        return self.detected.get("header_row")

    @property
    def public_columns(self):
        return [column for column in self.columns if column["publish"]]


class DatasetRow(models.Model):
    """A record of the canonical table, written by COPY; `row` is Excel's number."""

    version = models.ForeignKey(DatasetVersion, on_delete=models.CASCADE, related_name="rows")
    row = models.PositiveIntegerField()
    # One string per column, in the order of version.columns.
    cells = models.JSONField()

    class Meta:
        ordering = ["version", "row"]
        constraints = [models.UniqueConstraint(fields=["version", "row"], name="opendata_row_unique")]

    def __str__(self):
        return f"{self.version_id}:{self.row}"


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
        ordering = ["version", "row", "column", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=RepairState.PROPOSED) | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="opendata_repair_decided_by_somebody",
            )
        ]

    def __str__(self):
        return f"{self.before} → {self.after}"

    @property
    def cell(self):
        """As Excel names it: F12."""
        return f"{letter(self.column)}{self.row}"
