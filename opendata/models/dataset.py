from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from foundation.db.constraints import both_or_neither
from meetings.models import Assignment
from members import rules
from members.models import Department
from members.states import Licence
from opendata.states import UpdateCycle, VersionState


class DatasetQuerySet(models.QuerySet):
    def published(self):
        """With at least one published version, withdrawn ones included (their page says so with 410)."""
        from opendata.models.version import DatasetVersion

        published = DatasetVersion.objects.filter(dataset=OuterRef("pk"), state=VersionState.PUBLISHED)
        return self.filter(Exists(published))

    def in_catalogue(self):
        return self.published().filter(withdrawn_at__isnull=True)

    def matching(self, words):
        """With every one of the words in title, description or the section's name."""
        found = self
        for word in words:
            found = found.filter(
                Q(title__icontains=word) | Q(description__icontains=word) | Q(department__name__icontains=word)
            )
        return found

    def owned_by(self, user):
        """Of the departments in which this person works today."""
        return self.filter(department__in=Department.objects.of(user))

    def with_latest_version(self):
        """Each with `latest_state`, `latest_number` and `latest_published_at`: where its newest version stands."""
        from opendata.models.version import DatasetVersion

        latest = DatasetVersion.objects.filter(dataset=OuterRef("pk")).order_by("-number")
        public = DatasetVersion.objects.published().filter(dataset=OuterRef("pk")).order_by("-number")
        return self.annotate(
            latest_state=Subquery(latest.values("state")[:1]),
            latest_number=Subquery(latest.values("number")[:1]),
            latest_published_at=Subquery(public.values("published_at")[:1]),
        )

    def visible_to(self, user):
        """Published ones to everybody, work in progress to those inside."""
        if not user.is_authenticated:
            return self.published()
        return self.filter(Q(pk__in=self.published().values("pk")) | Q(pk__in=self.internal_to(user).values("pk")))

    def internal_to(self, user):
        """Before publication: the own department, the desks, who review, and the data stewards."""
        if rules.reviews(user):
            return self.all()
        return self.owned_by(user)


class Dataset(models.Model):
    """One list of a department, in versions."""

    slug = models.SlugField(_("アドレス（URL）に使う名前"), max_length=60, unique=True)
    title = models.CharField(_("データセット名"), max_length=100)
    description = models.TextField(_("説明"), max_length=1000, blank=True)
    # A standard of tablecheck, or empty for a table of the department's own.
    standard = models.CharField(_("データの種類"), max_length=60, blank=True)
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
    licence = models.CharField(_("ライセンス"), max_length=20, choices=Licence, default=Licence.CC_BY_4)
    update_cycle = models.CharField(
        _("更新頻度"), max_length=10, choices=UpdateCycle, default=UpdateCycle.AS_NEEDED
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(_("公開停止日時"), null=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    withdrawn_reason = models.CharField(_("公開停止の理由"), max_length=200, blank=True)

    objects = DatasetQuerySet.as_manager()

    class Meta:
        verbose_name = _("データセット")
        ordering = ["title", "id"]
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

    def __str__(self):
        return self.title

    @property
    def latest(self):
        """After with_latest_version(): the state as a word."""
        return VersionState(self.latest_state)

    @property
    def is_withdrawn(self):
        return self.withdrawn_at is not None
