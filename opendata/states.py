from django.db import models
from django.utils.translation import gettext_lazy as _


class VersionState(models.TextChoices):
    DRAFT = "draft", _("作成中")
    SUBMITTED = "submitted", _("提出済み")
    RETURNED = "returned", _("差戻し")
    PUBLISHED = "published", _("公開済み")


# What the department may still change.
EDITABLE = [VersionState.DRAFT, VersionState.RETURNED]


class UpdateCycle(models.TextChoices):
    AS_NEEDED = "as_needed", _("随時")
    MONTHLY = "monthly", _("毎月")
    QUARTERLY = "quarterly", _("四半期ごと")
    YEARLY = "yearly", _("年1回")


class RepairState(models.TextChoices):
    PROPOSED = "proposed", _("提案")
    ACCEPTED = "accepted", _("修正済み")
    UNDONE = "undone", _("元に戻した")


class FileKind(models.TextChoices):
    CSV = "csv", _("CSV")
    JSON = "json", _("JSON")


class Coding(models.TextChoices):
    """As HTTP names it (Content-Encoding)."""

    PLAIN = "", _("なし")
    GZIP = "gzip", _("gzip")
