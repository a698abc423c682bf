from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.db.constraints import both_or_neither
from meetings.models import Assignment
from members import rules
from members.models import Department, User
from members.rules import Anybody
from opendata.states import VersionState


class DatasetQuerySet(models.QuerySet["Dataset"]):
    def published(self) -> Self:
        """With at least one published version, withdrawn ones included (their page says so with 410)."""
        return self.filter(pk__in=Dataset.objects.filter(versions__state=VersionState.PUBLISHED).values("pk"))

    def owned_by(self, user: User) -> Self:
        """Of the departments in which this person works today."""
        return self.filter(department__in=Department.objects.of(user))

    def visible_to(self, user: Anybody) -> Self:
        """Published ones to everybody, work in progress to those inside."""
        if not user.is_authenticated:
            return self.published()
        return self.filter(Q(pk__in=self.published().values("pk")) | Q(pk__in=self.internal_to(user).values("pk")))

    def internal_to(self, user: User) -> Self:
        """Before publication: the own department, and who reviews it."""
        own = self.owned_by(user).values("pk")
        return self.filter(Q(pk__in=own) | Q(pk__in=self.reviewed_by(user).values("pk")))

    def reviewed_by(self, user: User) -> Self:
        """Data stewards review every data set, others those of the assignments of their groups."""
        if user.is_data_steward and user.is_active:
            return self.all()
        return self.filter(assignment__meeting__group__in=rules.groups_reviewed_by(user))


class Dataset(models.Model):
    """One list of a department, in versions: what it is called and says of itself stands in each version."""

    slug = models.SlugField(_("アドレス（URL）に使う名前"), max_length=60, unique=True)
    department = models.ForeignKey(
        Department, verbose_name=_("担当課"), on_delete=models.PROTECT, related_name="datasets"
    )
    assignment = models.ForeignKey(
        Assignment,
        verbose_name=_("課題"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="datasets",
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(_("公開停止日時"), null=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    withdrawn_reason = models.CharField(_("公開停止の理由"), max_length=200, blank=True)
    # The newest published version. The database keeps it, whatever is written here (0014_newest_version_is_kept).
    newest = models.OneToOneField(
        "opendata.DatasetVersion",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="newest_of",
    )

    # The published version of which its section was reminded that the next is due: once for each.
    reminded_of = models.PositiveIntegerField(_("更新の時期を案内した版"), null=True, editable=False)

    objects = DatasetQuerySet.as_manager()

    class Meta:
        verbose_name = _("データセット")
        ordering = ["slug"]
        constraints = [
            both_or_neither(
                "withdrawn_at",
                "withdrawn_by",
                name="opendata_withdrawn_by_somebody",
                message=_("公開停止には日時と担当者が必要です。"),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_reason=""),
                name="opendata_withdrawn_has_reason",
                violation_error_message=_("公開停止の理由を入力してください。"),
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None
