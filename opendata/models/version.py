from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.db import clock
from members.models import Posting, User
from members.rules import Anybody
from members.states import Licence
from opendata.models.dataset import Dataset
from opendata.states import EDITABLE, MONTHS, UpdateCycle, VersionState

LATEST = ["-published_at", "-id"]


class DatasetVersionQuerySet(models.QuerySet["DatasetVersion"]):
    def editable(self) -> Self:
        return self.filter(state__in=EDITABLE)

    def awaiting_review(self) -> Self:
        return self.filter(state=VersionState.SUBMITTED)

    def kept(self) -> Self:
        return self.filter(state=VersionState.KEPT)

    def in_work(self) -> Self:
        return self.exclude(state=VersionState.PUBLISHED)

    def published(self) -> Self:
        return self.filter(state=VersionState.PUBLISHED)

    def newest(self) -> Self:
        """Of these the newest of each data set."""
        newer = self.filter(dataset=OuterRef("dataset"), number__gt=OuterRef("number"))
        return self.filter(~Exists(newer))

    def current(self) -> Self:
        """The newest published version of each data set in the catalogue, the latest first."""
        standing = self.published().filter(newest_of__isnull=False, newest_of__withdrawn_at__isnull=True)
        return standing.order_by(*LATEST)

    def awaiting_update(self) -> Self:
        """Of these the newest of each data set where that is public, to be renewed regularly."""
        regularly = self.newest().published().filter(update_cycle__in=MONTHS)
        return regularly.filter(dataset__withdrawn_at__isnull=True)

    def unreached(self) -> Self:
        """Of these those in whose section no email reaches anybody."""
        there = Posting.objects.current().filter(department=OuterRef("dataset__department"))
        return self.filter(~Exists(there.filter(user__in=User.objects.reached_by_email())))

    def matching(self, words: Iterable[str]) -> Self:
        """Of the current ones those with every one of the words in title, description or the section's name."""
        found = self
        for word in words:
            found = found.filter(
                Q(title__icontains=word)
                | Q(description__icontains=word)
                | Q(newest_of__department__label__icontains=word)
            )
        return found

    def with_last_publication(self) -> Self:
        """Each with `last_published_at`: since when its data set, in whichever version, says what it says."""
        public = DatasetVersion.objects.published().filter(dataset=OuterRef("dataset")).order_by("-number")
        return self.annotate(last_published_at=Subquery(public.values("published_at")[:1]))

    def light(self) -> Self:
        """Without what no list shows; for lists and public pages."""
        return self.defer("profile")

    def visible_to(self, user: Anybody) -> Self:
        """Published ones of data sets not withdrawn to everybody; work in progress to those who may see it."""
        standing = Q(state=VersionState.PUBLISHED, dataset__withdrawn_at__isnull=True)
        if not user.is_authenticated:
            return self.filter(standing)
        return self.filter(standing | Q(dataset__in=Dataset.objects.internal_to(user)))


class DatasetVersion(models.Model):
    """One uploaded file on its way to publication, and the words under which it is published: a data set says
    what its newest published version says. The original bytes stay internal.

    Approving publishes, and needs the recorded check by the head of section. Once published a trigger
    refuses every change; a new upload is a new version and leaves this one public until it is published.
    """

    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("版"))
    state = models.CharField(
        _("状態"), max_length=10, choices=VersionState, default=VersionState.DRAFT, editable=False
    )
    title = models.CharField(_("データセット名"), max_length=100)
    description = models.TextField(_("説明"), max_length=1000, blank=True)
    # A standard of tablecheck, or empty for a table of the department's own.
    standard = models.CharField(_("データの種類"), max_length=60, blank=True)
    # False while nobody has said what the file is: it is told by its columns, and asked about.
    kind_confirmed = models.BooleanField(_("データの種類の確認"), default=True, db_default=True, editable=False)
    licence = models.CharField(_("ライセンス"), max_length=20, choices=Licence, default=Licence.CC_BY_4)
    update_cycle = models.CharField(
        _("更新頻度"), max_length=10, choices=UpdateCycle, default=UpdateCycle.AS_NEEDED
    )
    original = models.FileField(_("元のファイル"), upload_to="originals/", max_length=200)
    original_name = models.CharField(_("ファイル名"), max_length=255)
    original_sha256 = models.CharField(max_length=64)
    # How the section said that this file is to be read (opendata/table/ways.py); {} where the file tells it.
    # The original's bytes, this, and the repairs made are the table.
    way = models.JSONField(_("読み取り方"), default=dict, db_default=Value({}, models.JSONField()), editable=False)
    # What a list of the section's own is held to (opendata/table/definition.py): {"columns": [{"title", "kind",
    # "required", "unique"}, …], "reason": "…"}; {} until somebody has confirmed it.
    definition = models.JSONField(
        _("列の定義"), default=dict, db_default=Value({}, models.JSONField()), editable=False
    )
    # What tablecheck said of the file: format, encoding, delimiter, sheet, sheets, header_row, rows, ragged.
    # Empty until the file was read; {"error": {"code", "message"}} where that failed.
    detected = models.JSONField(_("読み取り結果"), default=dict)
    # [{"index": 1, "letter": "A", "header": "名称", "field": "name" or null, "publish": true}, …]
    columns = models.JSONField(_("列"), default=list)
    profile = models.JSONField(_("列の内訳"), default=list)
    privacy_confirmed = models.BooleanField(_("個人情報の確認"), default=False)
    # Of columns that may speak of persons, by their index, what the section said, and of which suspicions:
    # {"7": {"answer": "not_personal", "header": "担当者", "codes": ["personal-header"]}, …}
    privacy_answers = models.JSONField(
        _("個人情報についての回答"), default=dict, db_default=Value({}, models.JSONField()), editable=False
    )
    head_name = models.CharField(_("確認した所属長の氏名"), max_length=100, blank=True)
    head_checked_on = models.DateField(_("確認した日"), null=True, blank=True)
    head_document_number = models.CharField(_("文書番号"), max_length=50, blank=True)
    returned_reason = models.TextField(_("差し戻す理由"), max_length=1000, blank=True)
    # Why it is kept instead of published, and since when; for those inside alone.
    kept_reason = models.TextField(
        _("公開しないで保管する理由"), max_length=1000, blank=True, db_default="", editable=False
    )
    kept_at = models.DateTimeField(_("保管の日時"), null=True, editable=False)
    # What the reviewer says of single cells: [{"id": 1, "row": 4, "column": 3, "text": "…", "by": 7}, …]
    comments = models.JSONField(
        _("セルへのコメント"), default=list, db_default=Value([], models.JSONField()), editable=False
    )
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(_("アップロード日時"), db_default=Now())
    submitted_at = models.DateTimeField(_("提出日時"), null=True, editable=False)
    published_at = models.DateTimeField(_("公開日時"), null=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    # sha256 of the published CSV.
    public_sha256 = models.CharField(max_length=64, blank=True)
    # Since then there are only the public files, of a version that a newer one replaced (opendata/retention.py).
    disposed_on = models.DateField(_("元のファイルを廃棄した日"), null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = DatasetVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("データセットの版")
        ordering = ["dataset", "-number"]
        indexes = [
            # What is new, and how many of which kind there are, without reading what each says.
            models.Index(
                F("published_at").desc(),
                F("id").desc(),
                F("standard"),
                condition=Q(state=VersionState.PUBLISHED),
                name="opendata_version_by_day",
            ),
        ]
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
            models.CheckConstraint(
                condition=~Q(state=VersionState.KEPT) | (~Q(kept_reason="") & Q(kept_at__isnull=False)),
                name="opendata_kept_has_reason",
                violation_error_message=_("公開しないで保管する理由を入力してください。"),
            ),
        ]

    def __str__(self) -> str:
        return _("%(title)s 第%(number)s版") % {"title": self.title, "number": self.number}

    @property
    def is_editable(self) -> bool:
        return self.state in EDITABLE

    @property
    def is_published(self) -> bool:
        return self.state == VersionState.PUBLISHED

    @property
    def is_submitted(self) -> bool:
        return self.state == VersionState.SUBMITTED

    @property
    def is_kept(self) -> bool:
        return self.state == VersionState.KEPT

    @property
    def is_read(self) -> bool:
        return "rows" in self.detected

    @property
    def unreadable(self) -> str:
        """The sentence that says why the file could not be read, if so."""
        return self.detected.get("error", {}).get("message", "")

    @property
    def header_row(self) -> int | None:
        return self.detected.get("header_row")

    @property
    def update_due_on(self) -> date | None:
        """By when the next version is expected, by its own cycle; None before it is public, or where none is."""
        months = MONTHS.get(UpdateCycle(self.update_cycle))
        if not months or self.published_at is None:
            return None
        day = timezone.localdate(self.published_at)
        years, month = divmod(day.month - 1 + months, 12)
        last = monthrange(day.year + years, month + 1)[1]
        return day.replace(year=day.year + years, month=month + 1, day=min(day.day, last))

    @property
    def is_overdue(self) -> bool:
        return self.update_due_on is not None and self.update_due_on < clock.today()

    @property
    def public_columns(self) -> list[dict[str, Any]]:
        return [column for column in self.columns if column["publish"]]

    @property
    def internal_columns(self) -> list[dict[str, Any]]:
        """Those that nobody ticked: they stay in the original."""
        return [column for column in self.columns if not column["publish"]]
