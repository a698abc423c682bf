"""Who may, and when: one function per question, asked by the action (which decides) and by the page."""

from django.utils.translation import gettext_lazy as _

from members import rules
from members.models import Department
from members.rules import Anybody
from opendata.models import Dataset, DatasetVersion

NOT_TO_UPLOAD = _("アップロードできるのは、所属している課のデータだけです。")
NOT_TO_CHANGE = _("このデータは、提出済みか公開済みのため、又は担当課の職員でないため、変更できません。")
NOT_TO_DECIDE = _("この版は、既に処理されているか、確認の担当者でないため、承認も差戻しもできません。")
NOT_TO_WITHDRAW = _("公開を停止できるのは、公開中のデータの担当課と確認の担当者だけです。")


def can_upload_for(user: Anybody, department: Department) -> bool:
    """Works in that department today: data sets follow the department, not the person."""
    return user.is_authenticated and Department.objects.of(user).filter(pk=department.pk).exists()


def can_change(user: Anybody, version: DatasetVersion) -> bool:
    """The department's own, until it is handed in, and again when it comes back."""
    return version.is_editable and can_upload_for(user, version.dataset.department)


def can_review(user: Anybody) -> bool:
    return rules.reviews(user)


def can_decide(user: Anybody, version: DatasetVersion) -> bool:
    return version.is_submitted and can_review(user)


def can_withdraw(user: Anybody, dataset: Dataset) -> bool:
    """A leak is stopped by whoever sees it first: the department or a reviewer."""
    standing = not dataset.is_withdrawn and dataset.versions.published().exists()
    return standing and (can_review(user) or can_upload_for(user, dataset.department))
