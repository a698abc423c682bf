from django.db import models
from django.utils.translation import gettext_lazy as _


class ReportState(models.TextChoices):
    DRAFT = "draft", _("作成中")
    REVIEW = "review", _("確認中")
    APPROVED = "approved", _("決裁・供覧済み")


NEXT: dict[str, set[ReportState]] = {
    ReportState.DRAFT: {ReportState.REVIEW},
    ReportState.REVIEW: {ReportState.DRAFT, ReportState.APPROVED},
    ReportState.APPROVED: {ReportState.DRAFT},
}


class ApprovalKind(models.TextChoices):
    DECISION = "decision", _("決裁")
    CIRCULATION = "circulation", _("供覧")
