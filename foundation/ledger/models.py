from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.db.constraints import both_or_neither


class RestorationQuerySet(models.QuerySet["Restoration"]):
    def holding(self) -> "RestorationQuerySet":
        """Nobody has said yet that citizens may read what this one brought back."""
        return self.filter(ledger_was_whole=False, released_at__isnull=True)


class Restoration(models.Model):
    """These rows were brought back from a backup. `shut_again` is kind → how many rows."""

    backup_at = models.DateTimeField(_("バックアップの日時"))
    restored_at = models.DateTimeField(_("復元の日時"), db_default=Now())
    ledger_was_whole = models.BooleanField(_("取消しの控え"))
    shut_again = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    released_at = models.DateTimeField(_("公開を再開した日時"), null=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = RestorationQuerySet.as_manager()

    class Meta:
        verbose_name = _("バックアップからの復元")
        ordering = ["-id"]
        constraints = [
            both_or_neither(
                "released_at",
                "released_by",
                name="ledger_released_by_somebody",
                message=_("公開の再開には日時と担当者が必要です。"),
            )
        ]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.backup_at):%Y-%m-%d %H:%M}のバックアップからの復元"
