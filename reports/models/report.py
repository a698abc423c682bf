from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from foundation.db.constraints import both_or_neither, in_order
from foundation.db.versioned import Versioned
from meetings.models import Meeting
from meetings.states import MeetingState
from members.models import User, WorkingGroup
from reports.states import SETTLED, ApprovalKind, ReportState

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class ReportQuerySet(models.QuerySet["Report"]):
    def published(self) -> "ReportQuerySet":
        """Once published, also if withheld since (410); a cancelled meeting reports nothing."""
        published = Exists(ReportRevision.objects.filter(report=OuterRef("pk")))
        return self.filter(published).exclude(meeting__state=MeetingState.CANCELLED)

    def readable_by(self, user: "User | AnonymousUser") -> "ReportQuerySet":
        """Of public groups by anyone; of the others by those to whom the group is visible."""
        return self.published().filter(meeting__group__in=WorkingGroup.objects.visible_to(user))

    def with_standing(self) -> "ReportQuerySet":
        """What was last decided and last published, each by the hash of its text."""
        revisions = ReportRevision.objects.filter(report=OuterRef("pk")).order_by("-number")
        approvals = ApprovalStep.objects.settled().filter(report=OuterRef("pk")).order_by("-id")
        return self.annotate(
            published_sha256=Subquery(revisions.values("sha256")[:1]),
            withheld_at=Subquery(revisions.values("withheld_at")[:1]),
            approved_sha256=Subquery(approvals.values("sha256")[:1]),
            approved_as=Subquery(approvals.values("kind")[:1]),
            filed=Subquery(revisions.values("filed")[:1]),
        )


class Report(Versioned):
    """結果報告, composed from rows until it is published; its revisions are frozen."""

    # Added by with_standing(): None while nothing was published, withheld or decided.
    published_sha256: str | None = None
    withheld_at: datetime | None = None
    approved_sha256: str | None = None
    approved_as: str | None = None
    # What was published last was not composed here (FiledReport).
    filed: int | None = None

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="report")
    state = models.CharField(
        _("状態"), max_length=10, choices=ReportState, default=ReportState.DRAFT, editable=False
    )
    outcome = models.TextField(
        _("会議の成果"),
        max_length=500,
        blank=True,
        help_text=_("【概要】の「…の参加があり、」に続く文"),
    )

    decisions = models.TextField(_("決定事項"), max_length=3000, blank=True, default="", db_default="")
    was_recorded = models.BooleanField(_("録音"), null=True, blank=True)
    signers = models.TextField(_("署名する方"), max_length=500, blank=True, default="", db_default="")
    # Told elsewhere than here; what is published here says so itself.
    summary_told_on = models.DateField(_("会議の概要を公表した日"), null=True, blank=True)
    record_told_on = models.DateField(_("会議録を公表した日"), null=True, blank=True)
    # The rules of the style in which it was decided on; None while it is in work and follows the group's.
    style = models.JSONField(null=True, editable=False)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("結果報告")

    def __str__(self) -> str:
        return f"{self.meeting} 結果報告"

    @property
    def state_words(self) -> "StrOrPromise":
        """What was circulated was not decided on."""
        words = {ApprovalKind.DECISION: _("決裁済み"), ApprovalKind.CIRCULATION: _("供覧済み")}
        kind = self.approved_as if self.state == ReportState.APPROVED else None
        return words[ApprovalKind(kind)] if kind else self.get_state_display()

    @classmethod
    def of(cls, meeting: Meeting) -> "Report":
        """The meeting's report, or one that nobody has written to yet: a page makes no row."""
        report = cls.objects.with_standing().filter(meeting=meeting).first() or cls()
        report.meeting = meeting
        return report


class ApprovalStepQuerySet(models.QuerySet["ApprovalStep"]):
    def settled(self) -> "ApprovalStepQuerySet":
        return self.filter(kind__in=SETTLED)


class ApprovalStep(models.Model):
    """決裁／供覧, or that it was sent back, as recorded from the document system, which is not imitated here."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="approvals")
    kind = models.CharField(_("区分"), max_length=12, choices=ApprovalKind)
    drafted_by = models.CharField(_("起案者"), max_length=100, blank=True, default="", db_default="")
    drafted_on = models.DateField(_("起案日"), null=True, blank=True)
    consulted = models.TextField(_("回議・合議"), max_length=1000, blank=True, default="", db_default="")
    decided_on = models.DateField(_("決裁・供覧の年月日"))
    document_number = models.CharField(_("文書番号"), max_length=50, blank=True)
    decided_by = models.CharField(_("決裁者（供覧の場合は、最後に閲覧した方）の職名又は氏名"), max_length=100)
    effective_on = models.DateField(_("施行日"), null=True, blank=True)
    comment = models.CharField(_("備考"), max_length=400, blank=True, default="", db_default="")
    # Of the text that was decided on: what changes afterwards needs another decision.
    sha256 = models.CharField(max_length=64, editable=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now())

    objects = ApprovalStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("決裁・供覧の記録")
        ordering = ["id"]
        constraints = [
            in_order(
                "drafted_on",
                "decided_on",
                name="reports_drafted_before_decided",
                message=_("起案日は、決裁・供覧の年月日以前の日付にしてください。"),
            ),
            in_order(
                "decided_on",
                "effective_on",
                name="reports_decided_before_effective",
                message=_("施行日は、決裁・供覧の年月日以後の日付にしてください。"),
            ),
            models.CheckConstraint(
                condition=~Q(kind=ApprovalKind.RETURNED) | ~Q(comment=""),
                name="reports_returned_says_why",
                violation_error_message=_("差戻しの理由を入力してください。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.decided_on}"


class ReportRevisionQuerySet(models.QuerySet["ReportRevision"]):
    def readable_by(self, user: "User | AnonymousUser") -> "ReportRevisionQuerySet":
        """Of public groups by anyone; of the others by those to whom the group is visible."""
        readable = self.exclude(report__meeting__state=MeetingState.CANCELLED)
        if not user.is_authenticated:
            readable = readable.filter(report__meeting__group__is_public=True)
        else:
            readable = readable.filter(report__meeting__group__in=WorkingGroup.objects.visible_to(user))
        return readable.select_related("report__meeting__group__contact_department__parent", "filed")

    def standing(self) -> "ReportRevisionQuerySet":
        return self.filter(withheld_at__isnull=True)

    def newest_public(self) -> "ReportRevisionQuerySet":
        """What anyone can read now: the last revision of each public group's report, the newest first."""
        public = self.standing().filter(report__meeting__group__is_public=True)
        last = public.order_by("report", "-number").distinct("report")
        return (
            self.filter(pk__in=last.values("pk"))
            .select_related("report__meeting__group")
            .order_by("-published_at")
        )


class ReportRevision(models.Model):
    """What was published. A trigger refuses every change but withholding; a correction is a new revision."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField(_("版"))
    blocks = models.JSONField()
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    correction = models.CharField(_("訂正箇所"), max_length=500, blank=True)
    # Of a text that comes back as it was withheld: nothing was corrected.
    resumed_reason = models.CharField(_("公開を再開する理由"), max_length=200, blank=True, db_default="")
    published_at = models.DateTimeField(_("公開日時"), db_default=Now())
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    withheld_at = models.DateTimeField(_("公開停止日時"), null=True, blank=True)
    withheld_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withheld_reason = models.CharField(_("公開停止の理由"), max_length=200, blank=True)

    objects = ReportRevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("公開した結果報告")
        ordering = ["report", "number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="reports_revision_number_unique"),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(correction="") | ~Q(resumed_reason=""),
                name="reports_correction_is_named",
                violation_error_message=_("訂正箇所を入力してください。"),
            ),
            both_or_neither(
                "withheld_at",
                "withheld_by",
                name="reports_withheld_by_somebody",
                message=_("公開停止には日時と担当者が必要です。"),
            ),
            models.CheckConstraint(
                condition=Q(withheld_at__isnull=True) | ~Q(withheld_reason=""),
                name="reports_withheld_has_reason",
                violation_error_message=_("公開停止の理由を入力してください。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report} 第{self.number}版"
