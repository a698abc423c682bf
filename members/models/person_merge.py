from typing import Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class PersonMergeQuerySet(models.QuerySet["PersonMerge"]):
    def standing(self) -> Self:
        """Those that were not taken back."""
        return self.filter(undone_at__isnull=True)


class PersonMerge(models.Model):
    """Two registrations were of one person: `other` is closed, and what hung on it hangs on `kept`.

    Nothing of it is final: what was moved, dropped and exchanged stands here, so that it can be taken back.
    """

    kept = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("統合先"), on_delete=models.PROTECT, related_name="merges"
    )
    other = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("統合元"), on_delete=models.PROTECT, related_name="merged"
    )
    merged_at = models.DateTimeField(_("統合した日時"), db_default=Now())
    undone_at = models.DateTimeField(_("取り消した日時"), null=True)
    # Of each row that was moved: its model, its key, and the key that it pointed to.
    moved = models.JSONField(default=list)
    # The rows that are gone, as Django writes them.
    dropped = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    # What the two exchanged: the fields, each with a fingerprint of what `kept` has of it since.
    exchanged = models.JSONField(default=dict)
    # The rights that `other` had.
    rights = models.JSONField(default=dict)

    objects = PersonMergeQuerySet.as_manager()

    class Meta:
        verbose_name = _("重複した登録の統合")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["other"],
                condition=models.Q(undone_at__isnull=True),
                name="members_merged_once",
                violation_error_message=_("この登録は、既に別の登録に統合されています。"),
            ),
            models.CheckConstraint(
                condition=~models.Q(kept=models.F("other")),
                name="members_merge_of_two",
                violation_error_message=_("同じ登録どうしは統合できません。"),
            ),
        ]

    def __str__(self) -> str:
        return str(self.kept)
