from typing import Any, Self

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from foundation.db import clock
from foundation.db.constraints import no_overlap
from foundation.db.versioned import Versioned
from members import usual
from members.models.job_title import Titled
from members.models.terms import Dated, DatedQuerySet
from members.states import DepartmentLevel, PostingKind

# What stands above what.
ABOVE = {DepartmentLevel.DIVISION: DepartmentLevel.BUREAU, DepartmentLevel.UNIT: DepartmentLevel.DIVISION}
WRONG_PARENT = _("上位の組織には、課であれば部局、係であれば課を選んでください。")


class DepartmentQuerySet(DatedQuerySet["Department"]):
    def to_choose(self, keep: int | None = None) -> Self:
        """What can be named now: all that have not ended, and the one that is named already."""
        today = clock.today()
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=today) | Q(pk=keep))

    def of(self, user: AbstractBaseUser) -> Self:
        """Where this person is posted today."""
        return self.filter(postings__in=Posting.objects.current().filter(user_id=user.pk)).distinct()

    def below(self, department: "Department") -> Self:
        return self.filter(path__startswith=f"{department.path}/")


class Department(Versioned, Dated):
    """A 部局, a 課 or a 係, in the order of the organisation chart (建制順); reorganised every April.

    The town, its board of education and its hospital may each have a 総務課: `name` tells them apart inside what
    is above them, `label` everywhere, and it is the label that pages, rosters and reports print.
    """

    level = models.CharField(
        _("組織の段階"),
        max_length=8,
        choices=DepartmentLevel,
        default=DepartmentLevel.DIVISION,
        db_default="division",
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("上位の組織"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="units",
        help_text=_("課であれば部局、係であれば課を選んでください。部局を置かない課は、空欄のままで構いません。"),
    )
    name = models.CharField(_("組織名"), max_length=100)
    given_label = models.CharField(
        _("表示名"),
        max_length=200,
        blank=True,
        default="",
        db_default="",
        help_text=_(
            "名簿や結果報告での書き方。空欄のときは組織名です（同じ名前の課があるときは「教育委員会総務課」のように、"
            "係は「税務課 課税係」のように書きます）。"
        ),
    )
    label = models.CharField(max_length=200, editable=False, default="", db_default="")
    order = models.PositiveIntegerField(_("建制順"), default=1000)
    # The orders of all that is above, and its own: sorts the whole town by code point.
    path = models.CharField(max_length=100, editable=False, default="", db_default="", db_collation="C")
    email = models.EmailField(_("メールアドレス"), blank=True)
    phone = models.CharField(_("電話・内線"), max_length=50, blank=True)
    successor = models.ForeignKey(
        "self",
        verbose_name=_("引き継ぐ組織"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="predecessors",
    )

    objects = DepartmentQuerySet.as_manager()  # type: ignore[misc]  # more than Dated's

    class Meta(Dated.Meta):
        verbose_name = _("部局・課・係")
        ordering = ["path", "id"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                "parent",
                "name",
                condition=Q(valid_to__isnull=True),
                nulls_distinct=False,
                name="members_department_name_unique",
                violation_error_message=_("同じ名前の組織が、同じ部局又は課の下に既に登録されています。"),
            ),
            models.UniqueConstraint(
                fields=["label"],
                condition=Q(valid_to__isnull=True) & ~Q(label=""),
                name="members_department_label_unique",
                violation_error_message=_(
                    "同じ表示名の組織が既に登録されています。部局名を付けて区別してください。"
                ),
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | ~Q(successor=F("id")),
                name="members_department_not_own_successor",
                violation_error_message=_("引き継ぐ組織に同じ組織は選べません。"),
            ),
            models.CheckConstraint(
                condition=~Q(level=DepartmentLevel.UNIT) | Q(parent__isnull=False),
                name="members_department_unit_has_division",
                violation_error_message=_("係には、上位の組織として課を選んでください。"),
            ),
            models.CheckConstraint(
                condition=~Q(level=DepartmentLevel.BUREAU) | Q(parent__isnull=True),
                name="members_department_bureau_is_top",
                violation_error_message=_("部局には、上位の組織を選べません。"),
            ),
        ]

    def __str__(self) -> str:
        return self.label or self.name

    def clean(self) -> None:
        super().clean()
        above = self.parent
        if above and above.level != ABOVE.get(DepartmentLevel(self.level)):
            raise ValidationError({"parent": WRONG_PARENT})
        self.label = self._in_words()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """What stands below moves with it, and is called by it."""
        before = self._stored().values_list("path", "label").first()
        self.label = self._in_words()
        super().save(*args, **kwargs)
        self.path = f"{self.parent.path}/" if self.parent else ""
        self.path += f"{self.order:010}.{self.pk:06}"
        self._stored().update(path=self.path)
        if before != (self.path, self.label):
            for unit in self.units.all():
                unit.parent = self
                unit.save()

    def called_with(self, job_title: str) -> str:
        """What a title is put behind: the head of a 係 is called by it (税務課課税係長), others by its 課."""
        if self.level != DepartmentLevel.UNIT or not self.parent:
            return str(self)
        return f"{self.parent}{self.name}" if job_title.endswith(usual.HEAD_OF_UNIT) else str(self.parent)

    def _stored(self) -> DepartmentQuerySet:
        return Department.objects.filter(pk=self.pk)

    def _in_words(self) -> str:
        if given := self.given_label.strip():
            return given
        if self.level == DepartmentLevel.UNIT and self.parent:
            return f"{self.parent} {self.name}"
        same = Department.objects.filter(label=self.name, valid_to__isnull=True).exclude(pk=self.pk)
        return f"{self.parent}{self.name}" if self.parent and same.exists() else self.name


class Posting(Dated, Titled):
    """Where a person works; a person may hold two posts (併任). Data sets follow the department."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="postings")
    department = models.ForeignKey(
        Department, verbose_name=_("所属"), on_delete=models.PROTECT, related_name="postings"
    )
    kind = models.CharField(
        _("本務・併任"), max_length=10, choices=PostingKind, default=PostingKind.MAIN, db_default="main"
    )
    is_annual = models.BooleanField(
        _("会計年度任用職員"),
        default=False,
        db_default=False,
        help_text=_("任期が年度内に限られるため、終了日を入力します。"),
    )

    class Meta(Dated.Meta):
        verbose_name = _("配属")
        constraints = [
            *Dated.Meta.constraints,
            no_overlap(
                "user",
                "department",
                name="members_posting_no_overlap",
                message=_("同じ課への配属の期間が重なっています。"),
            ),
            no_overlap(
                "user",
                name="members_posting_one_main",
                message=_(
                    "この期間には、既に本務の配属があります。先に今の配属を終了するか、併任として登録してください。"
                ),
                condition=Q(kind=PostingKind.MAIN),
            ),
            models.CheckConstraint(
                condition=Q(is_annual=False) | Q(valid_to__isnull=False),
                name="members_posting_annual_ends",
                violation_error_message=_("会計年度任用職員の配属には、終了日（任期の末日）を入力してください。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.department} {self.user}"
