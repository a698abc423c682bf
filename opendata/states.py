from django.db import models
from django.utils.translation import gettext_lazy as _


class VersionState(models.TextChoices):
    DRAFT = "draft", _("作成中")
    SUBMITTED = "submitted", _("提出済み")
    RETURNED = "returned", _("差戻し")
    PUBLISHED = "published", _("公開済み")
    KEPT = "kept", _("公開しないで保管")


# What the department may still change.
EDITABLE = [VersionState.DRAFT, VersionState.RETURNED]


# It was made for an assignment, published or not.
HANDED_IN = [VersionState.SUBMITTED, VersionState.PUBLISHED, VersionState.KEPT]


class HandIn(models.TextChoices):
    """How far somebody is with an assignment: derived, never stored."""

    PUBLISHED = "published", _("公開済み")
    SUBMITTED = "submitted", _("提出済み（確認待ち）")
    KEPT = "kept", _("提出済み（公開しないで保管）")
    RETURNED = "returned", _("差戻し")
    DRAFT = "draft", _("作成中")
    NOTHING = "nothing", _("未提出")
    EXEMPT = "exempt", _("対象外")
    NO_SECTION = "no_section", _("対象外（所属課の登録なし）")


# Nobody waits for these.
NOT_ASKED = frozenset({HandIn.EXEMPT, HandIn.NO_SECTION})


class UpdateCycle(models.TextChoices):
    AS_NEEDED = "as_needed", _("随時")
    MONTHLY = "monthly", _("毎月")
    QUARTERLY = "quarterly", _("四半期ごと")
    YEARLY = "yearly", _("年1回")


# Months after which the next version is expected.
MONTHS = {UpdateCycle.MONTHLY: 1, UpdateCycle.QUARTERLY: 3, UpdateCycle.YEARLY: 12}


class PrivacyAnswer(models.TextChoices):
    """What a section says of a column that may speak of persons."""

    INSIDE = "inside", _("公開しない")
    NOT_PERSONAL = "not_personal", _("公開する：個人の情報ではない（施設・団体・職務の情報など）")
    MAY_BE_PUBLIC = "may_be_public", _("公開する：個人の情報だが、公開してよい（本人の同意、法令による公開など）")


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
