from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from foundation.calendar import wareki
from foundation.db.versioned import Versioned
from statements.criteria import CRITERIA
from statements.states import TEXTS, Statement

# Characters of a text.
LONGEST = 10_000
# The version of a text that nobody has written to yet: what we propose.
UNWRITTEN = 0


class TextDraft(Versioned):
    """The text that an administrator works on. What citizens read is a publication."""

    statement = models.CharField(
        _("方針"), max_length=20, unique=True, editable=False, choices=[(one.value, one.label) for one in TEXTS]
    )
    body = models.TextField(_("本文"), max_length=LONGEST)

    class Meta:
        verbose_name = _("方針の下書き")
        constraints = [
            models.CheckConstraint(
                condition=~Q(body=""),
                name="statements_draft_has_text",
                violation_error_message=_("本文を入力してください。"),
            )
        ]

    def __str__(self) -> str:
        return self.get_statement_display()


class PublishedStatementQuerySet(models.QuerySet["PublishedStatement"]):
    def of(self, statement: Statement) -> Self:
        """The newest first."""
        return self.filter(statement=statement).order_by("-number")

    def newest(self) -> Self:
        """Of each statement what was decided last."""
        last = PublishedStatement.objects.filter(statement=OuterRef("statement")).order_by("-number")
        return self.filter(pk=Subquery(last.values("pk")[:1]))

    def standing(self) -> Self:
        """What citizens read now."""
        return self.newest().exclude(body="", results__isnull=True)


class PublishedStatement(models.Model):
    """What was published by a decision, or taken away by one (then it says nothing). A trigger keeps each row."""

    statement = models.CharField(_("方針"), max_length=20, choices=Statement)
    number = models.PositiveSmallIntegerField(_("回"))
    body = models.TextField(_("本文"), max_length=LONGEST, blank=True)
    # The whole table with what it says of the test (statements/results.py).
    results = models.JSONField(null=True, blank=True)
    change = models.CharField(_("改定の内容"), max_length=500, blank=True)
    decided_on = models.DateField(_("決定日"))
    decided_by = models.CharField(_("決定者の職名"), max_length=100)
    document_number = models.CharField(_("文書番号"), max_length=50, blank=True)
    published_at = models.DateTimeField(_("掲載日時"), db_default=Now())
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = PublishedStatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("公開した方針・試験結果")
        ordering = ["statement", "number"]
        constraints = [
            models.UniqueConstraint(fields=["statement", "number"], name="statements_published_number_unique"),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(change=""),
                name="statements_change_is_named",
                violation_error_message=_("改定の内容又は取りやめる理由を入力してください。"),
            ),
            models.CheckConstraint(
                condition=~Q(number=1) | ~Q(body="") | Q(results__isnull=False),
                name="statements_first_says_something",
                violation_error_message=_("公開する内容がありません。"),
            ),
            models.CheckConstraint(
                condition=Q(results__isnull=True) | Q(statement=Statement.RESULTS, body=""),
                name="statements_results_are_no_text",
                violation_error_message=_("試験結果と本文は、同時に公開できません。"),
            ),
        ]

    def __str__(self) -> str:
        return _("%(statement)s（第%(number)s回の決定）") % {
            "statement": self.get_statement_display(),
            "number": self.number,
        }

    @property
    def is_withdrawal(self) -> bool:
        return not self.body and self.results is None


class AccessibilityTest(Versioned):
    """A test of the site, one in a fiscal year; what it found in each criterion stands in rows of its own."""

    fiscal_year = models.PositiveSmallIntegerField(
        _("年度（西暦）"),
        unique=True,
        editable=False,
        error_messages={"unique": _("この年度の試験は、既に登録されています。")},
    )
    tested_on = models.DateField(_("試験の実施日"))
    tester = models.CharField(_("試験の実施者"), max_length=100, help_text=_("例：行政経営課、委託先の名称"))
    method = models.TextField(_("試験の方法"), max_length=500)
    scope = models.TextField(_("対象としたページ"), max_length=2000)
    # Of a release, as it was taken in (statements/automatic.py); empty before.
    automatic = models.JSONField(default=dict, editable=False)

    class Meta:
        verbose_name = _("アクセシビリティ試験")
        ordering = ["-fiscal_year"]

    def __str__(self) -> str:
        return _("%(year)sのアクセシビリティ試験") % {"year": self.year}

    @property
    def slug(self) -> str:
        """What its address has."""
        return str(self.fiscal_year)

    @property
    def year(self) -> str:
        """令和8年度"""
        return wareki.fiscal_year(date(self.fiscal_year, 4, 1))


class CriterionResult(Versioned):
    """What somebody judged of one criterion: sort of page → judgement, and → remark."""

    test = models.ForeignKey(AccessibilityTest, on_delete=models.PROTECT, related_name="criteria")
    criterion = models.CharField(_("達成基準"), max_length=6)
    judgements = models.JSONField(default=dict)
    remarks = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("達成基準ごとの判定")
        constraints = [
            models.UniqueConstraint(fields=["test", "criterion"], name="statements_criterion_once"),
        ]

    def __str__(self) -> str:
        return str(CRITERIA[self.criterion])

    @classmethod
    def of(cls, test: AccessibilityTest, criterion: str) -> "CriterionResult":
        """The row, or one that nobody has written to yet: a page makes none."""
        found = cls.objects.filter(test=test, criterion=criterion).first()
        return found or cls(test=test, criterion=criterion, version=UNWRITTEN)
