"""Whether those who spoke at a meeting, or are named in its report, find their words right."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from foundation.db import clock
from foundation.db.constraints import both_or_neither
from foundation.db.versioned import Versioned
from meetings.models import Meeting
from meetings.states import MeetingState
from members.models import Membership
from reports.models.report import Report
from reports.states import Decision, ReportState

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class WordsCheckQuerySet(models.QuerySet["WordsCheck"]):
    def standing(self) -> Self:
        return self.filter(called_off_at=None)

    def asked(self) -> Self:
        """Whose answers still change something: before its date, and before the text was decided on."""
        held = Q(report__meeting__state=MeetingState.HELD, report__meeting__disposed_on=None)
        waiting = self.standing().filter(held, closes_at__gt=clock.now())
        return waiting.exclude(report__state=ReportState.APPROVED)


class WordsCheck(Versioned):
    """A request of the desk to several people, until a date. Of a report one stands at a time."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="words_checks")
    closes_at = models.DateTimeField(_("確認の期限"))
    # As the group had it when it was asked, and as the letter says.
    silence_consents = models.BooleanField(default=False, db_default=False, editable=False)
    asked_at = models.DateTimeField(db_default=Now())
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    called_off_at = models.DateTimeField(null=True, editable=False)

    objects = WordsCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("発言等の確認の依頼")
        ordering = ["report", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["report"],
                condition=Q(called_off_at=None),
                name="reports_one_words_check",
                violation_error_message=_("発言等の確認は、既に依頼しています。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.report} 発言等の確認"

    @property
    def is_over(self) -> bool:
        return self.closes_at <= clock.now()

    @property
    def takes_answers(self) -> bool:
        return self.called_off_at is None and not self.is_over and self.report.state != ReportState.APPROVED


class WordsReaderQuerySet(models.QuerySet["WordsReader"]):
    def standing(self) -> Self:
        return self.filter(check_asked__called_off_at=None)

    def silent(self) -> Self:
        return self.filter(answered_at=None)

    def waiting(self) -> Self:
        """Those who are asked now and have not answered."""
        waiting = self.silent().filter(check_asked__in=WordsCheck.objects.asked())
        return waiting.select_related("check_asked__report__meeting__group")


class WordsReader(models.Model):
    """One person who was asked; what they want otherwise stands in `corrections`."""

    check_asked = models.ForeignKey(WordsCheck, on_delete=models.PROTECT, related_name="readers")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="words_read")
    answered_at = models.DateTimeField(_("確認した日時"), null=True, editable=False)
    # Of the passages that they found right: what was changed since, they have not seen.
    sha256 = models.CharField(max_length=64, blank=True, default="", db_default="", editable=False)

    objects = WordsReaderQuerySet.as_manager()

    class Meta:
        verbose_name = _("発言等の確認をお願いした方")
        ordering = ["check_asked", "membership__order", "membership__user__kana_key", "id"]
        constraints = [
            models.UniqueConstraint(fields=["check_asked", "membership"], name="reports_words_asked_once"),
            models.CheckConstraint(
                condition=Q(answered_at=None, sha256="") | (Q(answered_at__isnull=False) & ~Q(sha256="")),
                name="reports_words_answered_of_a_text",
            ),
        ]

    def __str__(self) -> str:
        return str(self.membership)

    @property
    def meeting(self) -> Meeting:
        return self.check_asked.report.meeting

    @property
    def answer(self) -> "StrOrPromise":
        if self.answered_at is None:
            consents = self.check_asked.silence_consents and self.check_asked.is_over
            return _("連絡なし（確認いただいたものとする）") if consents else _("未確認")
        return _("修正の申出") if self.corrections.all() else _("このままでよい")


class WordsCorrectionQuerySet(models.QuerySet["WordsCorrection"]):
    def undecided(self) -> Self:
        return self.filter(decision="")


class WordsCorrection(Versioned):
    """How somebody wants a block of the report to read, and what the desk made of it."""

    reader = models.ForeignKey(WordsReader, on_delete=models.PROTECT, related_name="corrections")
    # Names the block (reports.formats.blocks), and what stood there.
    key = models.CharField(max_length=60, editable=False)
    shown = models.TextField(editable=False)
    words = models.TextField(_("修正の案"), max_length=2000)
    decision = models.CharField(_("採否"), max_length=10, choices=Decision, blank=True, default="", db_default="")
    # How it reads now, where the desk took it up in other words.
    adopted = models.TextField(_("直した文"), max_length=2000, blank=True, default="", db_default="")
    reason = models.CharField(_("採否の理由"), max_length=200, blank=True, default="", db_default="")
    decided_at: "models.DateTimeField[datetime | None, datetime | None]" = models.DateTimeField(
        _("採否を決めた日時"), null=True, editable=False
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    objects = WordsCorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("修正の申出")
        ordering = ["reader", "id"]
        constraints = [
            models.UniqueConstraint(fields=["reader", "key"], name="reports_one_correction_per_block"),
            both_or_neither(
                "decided_at",
                "decided_by",
                name="reports_correction_decided_by_somebody",
                message=_("採否には日時と担当者が必要です。"),
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_at=None)
                | (~Q(decision="") & Q(decided_at__isnull=False) & ~Q(reason="")),
                name="reports_correction_decided_for_a_reason",
                violation_error_message=_("採否の理由を入力してください。"),
            ),
        ]

    def __str__(self) -> str:
        return self.words[:50]
