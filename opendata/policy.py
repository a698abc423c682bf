"""Who may, and when: one function per question, asked by the action (which decides) and by the page."""

from django.utils.translation import gettext_lazy as _

from members import rules
from members.models import Department
from members.models.user import UserQuerySet
from members.rules import Anybody
from opendata.models import Dataset, DatasetVersion

NOT_TO_UPLOAD = _("アップロードできるのは、所属している課のデータだけです。")
NOT_TO_CHANGE = _("このデータは、提出済み・公開済み・保管中であるか、担当課の職員でないため、変更できません。")
NOT_TO_DECIDE = _("この版は、既に処理されているか、確認の担当者でないため、承認も差戻しも保管もできません。")
NOT_TO_DISCARD = _("この版は、提出したことがあるか、担当課の職員でないため、取りやめられません。")
NOT_TO_TAKE_UP = _("この版は、提出も保管もされていないか、担当課の職員でないため、作業を再開できません。")
NOT_TO_REVIEW_AGAIN = _("この版は、保管されていないか、確認の担当者でないため、確認に戻せません。")
NOT_TO_WITHDRAW = _("公開を停止できるのは、公開中のデータの担当課と確認の担当者だけです。")


def can_upload_for(user: Anybody, department: Department) -> bool:
    """Works in that department today: data sets follow the department, not the person."""
    return user.is_authenticated and Department.objects.of(user).filter(pk=department.pk).exists()


def can_change(user: Anybody, version: DatasetVersion) -> bool:
    """The department's own, until it is handed in, and again when it comes back."""
    return version.is_editable and can_upload_for(user, version.dataset.department)


def can_review(user: Anybody, dataset: Dataset) -> bool:
    return user.is_authenticated and Dataset.objects.reviewed_by(user).filter(pk=dataset.pk).exists()


def can_decide(user: Anybody, version: DatasetVersion) -> bool:
    """What one uploaded oneself is looked at by somebody else."""
    return version.is_submitted and user.pk != version.uploaded_by_id and can_review(user, version.dataset)


def can_discard(user: Anybody, version: DatasetVersion) -> bool:
    """A file that came in by mistake: once it was handed in, it is on record."""
    return version.submitted_at is None and can_change(user, version)


def can_take_up(user: Anybody, version: DatasetVersion) -> bool:
    """What was handed in or is kept unpublished: its section works on it again."""
    return (version.is_kept or version.is_submitted) and can_upload_for(user, version.dataset.department)


def can_review_again(user: Anybody, version: DatasetVersion) -> bool:
    """Whoever could decide that it is kept may think otherwise."""
    return version.is_kept and user.pk != version.uploaded_by_id and can_review(user, version.dataset)


def reviewers(version: DatasetVersion) -> UserQuerySet:
    """Who can decide on it once it is handed in."""
    return reviewers_of(version.dataset).exclude(pk=version.uploaded_by_id)


def reviewers_of(dataset: Dataset) -> UserQuerySet:
    assignment = dataset.assignment
    return rules.reviewers(assignment.meeting.group_id if assignment else None)


def can_withdraw(user: Anybody, dataset: Dataset) -> bool:
    """A leak is stopped by whoever sees it first: the department or a reviewer."""
    standing = not dataset.is_withdrawn and dataset.versions.published().exists()
    return standing and (can_review(user, dataset) or can_upload_for(user, dataset.department))
