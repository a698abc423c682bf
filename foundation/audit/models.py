from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from foundation.db.grams import grams_of

LABEL_GRAMS = grams_of(models.F("target_label"))


class Via(models.TextChoices):
    LOGIN = "login", _("ログイン")
    LINK = "link", _("回答用リンク")
    DESK = "desk", _("事務局の代理入力")
    COMMAND = "command", _("コマンド")
    SYSTEM = "system", _("自動処理")


class Event(models.Model):
    """One action, or one refusal. A trigger refuses UPDATE and DELETE (see the migration)."""

    at = models.DateTimeField(_("日時"), db_default=Now())
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("操作者"), null=True, on_delete=models.PROTECT)
    via = models.CharField(_("経路"), max_length=8, choices=Via, default=Via.LOGIN)
    action = models.CharField(_("操作"), max_length=80)
    target_type = models.CharField(_("対象の種類"), max_length=80)
    target_id = models.BigIntegerField(_("対象の番号"), null=True)
    target_label = models.CharField(_("対象"), max_length=200)
    # Of what was refused: who, what and minute, so that a flood leaves one row. An action has none.
    refusal = models.CharField(max_length=64, null=True, unique=True, editable=False)
    changes = models.JSONField(_("変更内容"), default=dict, encoder=DjangoJSONEncoder)

    # What the action is called, told by the page that lists it (words_of).
    words: str

    class Meta:
        verbose_name = _("操作記録")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["target_type", "target_id"], name="audit_target"),
            models.Index(fields=["at"], name="audit_at"),
            # What was done last (stamp.py), however much was refused since.
            models.Index(fields=["id"], condition=models.Q(refusal__isnull=True), name="audit_actions"),
            GinIndex(LABEL_GRAMS, name="audit_label_grams"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.target_label}"
