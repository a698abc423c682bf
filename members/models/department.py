from typing import Self

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from foundation.db import clock
from foundation.db.constraints import no_overlap
from foundation.db.versioned import Versioned
from members.models.terms import Dated, DatedQuerySet


class DepartmentQuerySet(DatedQuerySet["Department"]):
    def to_choose(self, keep: int | None = None) -> Self:
        """What can be named now: all that have not ended, and the one that is named already."""
        today = clock.today()
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=today) | Q(pk=keep))

    def of(self, user: AbstractBaseUser) -> Self:
        """Where this person is posted today."""
        return self.filter(postings__in=Posting.objects.current().filter(user_id=user.pk)).distinct()


class Department(Versioned, Dated):
    """A section, in the order of the organisation chart (建制順); reorganised every April."""

    name = models.CharField(_("課名"), max_length=100)
    order = models.PositiveIntegerField(_("建制順"), default=1000)
    email = models.EmailField(_("課のメールアドレス"), blank=True)
    phone = models.CharField(_("電話・内線"), max_length=50, blank=True)
    successor = models.ForeignKey(
        "self",
        verbose_name=_("引き継ぐ課"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="predecessors",
    )

    objects = DepartmentQuerySet.as_manager()  # type: ignore[misc]  # more than Dated's

    class Meta(Dated.Meta):
        verbose_name = _("課")
        ordering = ["order", "id"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(valid_to__isnull=True),
                name="members_department_name_unique",
                violation_error_message=_("同じ名前の課が既に登録されています。部局名を付けて区別してください。"),
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | ~Q(successor=F("id")),
                name="members_department_not_own_successor",
                violation_error_message=_("引き継ぐ課に同じ課は選べません。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Posting(Dated):
    """Where a person works; a person may hold two posts (兼務). Data sets follow the department."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="postings")
    department = models.ForeignKey(
        Department, verbose_name=_("所属"), on_delete=models.PROTECT, related_name="postings"
    )
    job_title = models.CharField(_("職名"), max_length=50, blank=True)

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
        ]

    def __str__(self) -> str:
        return f"{self.department} {self.user}"
