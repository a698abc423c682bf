from typing import Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from foundation.db.versioned import Versioned
from members.models.group import WorkingGroup
from members.models.user import Anybody
from members.states import RosterState


class RosterImportQuerySet(models.QuerySet["RosterImport"]):
    def of(self, group: WorkingGroup | None) -> Self:
        """Those of a desk, or of the register."""
        return self.filter(group=group)

    def light(self) -> Self:
        """For a list: without the rows of people."""
        return self.defer("rows", "plan", "done")

    def visible_to(self, user: Anybody) -> Self:
        """A desk's own, and the administrators' of the register."""
        if not user.is_authenticated:
            return self.none()
        mine = models.Q(group__in=WorkingGroup.objects.run_by(user))
        return self.filter(mine | models.Q(group__isnull=True) if user.is_administrator else mine)


class RosterImport(Versioned):
    """A list that came in, what would be done with it, and what was; kept for a while only (members/jobs.py)."""

    group = models.ForeignKey(
        WorkingGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="roster_imports"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="roster_imports")
    at = models.DateTimeField(_("読み込んだ日時"), db_default=Now())
    source = models.CharField(_("名簿"), max_length=255)
    state = models.CharField(_("状態"), max_length=10, choices=RosterState, default=RosterState.READ)
    # Of the rows: the same list is known again, whatever its file is called.
    digest = models.CharField(max_length=64)
    rows = models.JSONField(default=list)
    # What tablecheck said of the file, in sentences.
    findings = models.JSONField(default=list)
    options = models.JSONField(default=dict)
    plan = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    # Line by line what was written, and what an undoing left.
    done = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    left = models.JSONField(default=list)
    applied_at = models.DateTimeField(_("登録した日時"), null=True)
    undone_at = models.DateTimeField(_("取り消した日時"), null=True)

    objects = RosterImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("名簿の取込み")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["applied", "undone"], applied_at__isnull=False)
                | (~models.Q(state__in=["applied", "undone"]) & models.Q(applied_at__isnull=True)),
                name="members_roster_applied_has_time",
            )
        ]

    def __str__(self) -> str:
        return self.source
