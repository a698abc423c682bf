from datetime import date
from typing import Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce, Now
from django.utils.translation import gettext_lazy as _

from foundation.calendar import wareki
from foundation.db import clock
from foundation.db.constraints import both_or_neither
from foundation.db.versioned import Versioned
from foundation.retention import RecordKind, Unit
from members.models import WorkingGroup
from retention.kinds import KINDS

# The version of a period that was never decided: what we propose.
PROPOSED = 0


class Period(Versioned):
    """How long the town keeps a kind, by its own rules; where there is none, what the kind proposes."""

    kind = models.CharField(_("区分"), max_length=20, unique=True, editable=False)
    years = models.PositiveSmallIntegerField(
        _("保存期間（年）"),
        null=True,
        blank=True,
        help_text=_("その年度の翌年度の初めから数えます。期間を定めないときは空欄にします。"),
    )
    basis = models.CharField(_("根拠"), max_length=200, blank=True, help_text=_("例：文書管理規程第20条"))

    class Meta:
        verbose_name = _("保存期間")
        constraints = [
            models.CheckConstraint(
                condition=Q(years__isnull=True) | Q(years__lte=100),
                name="retention_years_within_reason",
                violation_error_message=_("保存期間は100年までの数字で入力してください。"),
            )
        ]

    def __str__(self) -> str:
        return str(KINDS[self.kind].label)


class HoldQuerySet(models.QuerySet["Hold"]):
    def standing(self) -> Self:
        return self.filter(lifted_at__isnull=True)


class Hold(Versioned):
    """While it stands nothing of the group goes, and nothing of the whole town: somebody has asked to see it."""

    group = models.ForeignKey(
        WorkingGroup,
        verbose_name=_("会議体"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="holds",
        help_text=_("選択しないときは、全ての廃棄を差し止めます。"),
    )
    reason = models.CharField(_("理由"), max_length=200, help_text=_("例：令和9年4月1日付けの開示請求への対応"))
    placed_at = models.DateTimeField(_("差し止めた日時"), db_default=Now())
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(_("解除した日時"), null=True, blank=True, editable=False)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    objects = HoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("廃棄の差止め")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="retention_hold_has_reason",
                violation_error_message=_("差し止める理由を入力してください。"),
            ),
            both_or_neither(
                "lifted_at",
                "lifted_by",
                name="retention_hold_lifted_by_somebody",
                message=_("解除には日時と担当者が必要です。"),
            ),
        ]

    def __str__(self) -> str:
        return self.reason


OPEN = Q(cancelled_at__isnull=True, done_at__isnull=True)


class DisposalQuerySet(models.QuerySet["Disposal"]):
    def open(self) -> Self:
        """Decided, and neither carried out nor cancelled."""
        return self.filter(OPEN)

    def carried_out(self) -> Self:
        return self.filter(done_at__isnull=False)

    def of(self, kind: RecordKind, unit: Unit) -> Self:
        return self.filter(kind=kind.name, fiscal_year=unit.year, group=unit.group)


class Disposal(Versioned):
    """The decision that a kind's rows of one group or year go: made elsewhere, recorded here, carried out."""

    # Its number may be another's after a restore.
    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    kind = models.CharField(_("区分"), max_length=20)
    group = models.ForeignKey(
        WorkingGroup,
        verbose_name=_("会議体"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="disposals",
    )
    fiscal_year = models.PositiveSmallIntegerField(_("年度"))
    # Of the rows that the decision saw (foundation.retention.digest), and how many of which sort.
    digest = models.CharField(max_length=64)
    counts = models.JSONField(default=dict)
    decided_on = models.DateField(_("決裁の年月日"))
    decided_by = models.CharField(_("決裁者の職名"), max_length=100)
    document_number = models.CharField(_("文書番号"), max_length=50, blank=True)
    due_on = models.DateField(_("廃棄する日"))
    # Nobody, where a restore read it in the notes and they do not know the person.
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(_("記録した日時"), db_default=Now())
    cancelled_at = models.DateTimeField(_("取り消した日時"), null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    stopped_because = models.CharField(_("廃棄しなかった理由"), max_length=200, blank=True)
    done_at = models.DateTimeField(_("廃棄した日時"), null=True, blank=True)

    objects = DisposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("廃棄")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                "kind",
                "fiscal_year",
                Coalesce("group", Value(0)),
                condition=OPEN,
                name="retention_one_open_decision",
                violation_error_message=_("この記録の廃棄は既に決定されています。"),
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True) | Q(done_at__isnull=True),
                name="retention_cancelled_or_done",
                violation_error_message=_("既に廃棄したため、取り消せません。"),
            ),
            both_or_neither(
                "cancelled_at",
                "cancelled_by",
                name="retention_cancelled_by_somebody",
                message=_("取消しには日時と担当者が必要です。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.of_kind.label} {self.of_what}"

    @property
    def of_kind(self) -> RecordKind:
        return KINDS[self.kind]

    @property
    def unit(self) -> Unit:
        return Unit(self.fiscal_year, self.group_id)

    @property
    def of_what(self) -> str:
        return of_what(self.group, self.fiscal_year)

    @property
    def is_open(self) -> bool:
        return self.cancelled_at is None and self.done_at is None

    @property
    def is_late(self) -> bool:
        """Its day is over, and it has not gone."""
        return self.is_open and self.due_on < clock.today()


def of_what(group: WorkingGroup | None, fiscal_year: int) -> str:
    """DX推進部会（令和8年度）, or 令和8年度."""
    return group.with_year if group else wareki.fiscal_year(date(fiscal_year, 4, 1))


class Archive(models.Model):
    """A ZIP that somebody took for the document system: of a meeting, or of a group's whole year."""

    group = models.ForeignKey(WorkingGroup, on_delete=models.PROTECT, related_name="archives")
    # Empty for the year.
    meeting_number = models.PositiveSmallIntegerField(_("回"), null=True, blank=True)
    made_at = models.DateTimeField(_("作成日時"), db_default=Now())
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField(_("大きさ"))

    class Meta:
        verbose_name = _("保存用ZIPファイル")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.group.with_year} {f'第{self.meeting_number}回' if self.meeting_number else ''}".strip()
