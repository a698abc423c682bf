"""Approving publishes; withdrawing takes away everything that was published, at once and visibly."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.actions import Actor, action, demand, record, refuse_stale
from opendata import emails, policy, taken_back
from opendata.actions._shared import hold_dataset, hold_version, keep
from opendata.catalogue import files
from opendata.models import Dataset, DatasetVersion
from opendata.states import VersionState
from opendata.table import readiness


@action
def publish(
    *,
    version: DatasetVersion,
    by: Actor,
    seen: int,
    head_name: str,
    head_checked_on: date,
    head_document_number: str = "",
) -> DatasetVersion:
    """Record the check by the head of section and publish, in one action. From now on a trigger keeps it."""
    version = hold_version(version)
    demand(policy.can_decide(by.user, version), policy.NOT_TO_DECIDE)
    refuse_stale(version, seen)
    if version.dataset.is_withdrawn:
        raise ValidationError(_("公開を停止したデータセットです。"))
    if found := readiness.blockers(version):
        raise ValidationError([blocker.message for blocker in found])
    if head_checked_on > timezone.localdate():
        raise ValidationError({"head_checked_on": _("確認した日に、先の日付は入力できません。")})
    check = {"head_name": head_name, "head_checked_on": head_checked_on}
    keep(
        version,
        **check,
        head_document_number=head_document_number,
        state=VersionState.PUBLISHED,
        published_at=timezone.now(),
        published_by=by.user,
        public_sha256=files.digest(files.csv_of(version)),
    )
    record(by=by, action="opendata.publish", target=version, head=head_name, sha256=version.public_sha256)
    emails.tell_uploader("published", version, by=by)
    return version


@action
def withdraw(*, dataset: Dataset, by: Actor, reason: str) -> Dataset:
    """Every page and file of the data set answers 410 with reason and date from this moment."""
    dataset = hold_dataset(dataset)
    demand(policy.can_withdraw(by.user, dataset), policy.NOT_TO_WITHDRAW)
    taken_back.withdraw(dataset, user=by.user, reason=reason)
    taken_back.note_dataset(dataset, user=by.user)
    record(by=by, action="opendata.withdraw", target=dataset, reason=reason)
    return dataset
