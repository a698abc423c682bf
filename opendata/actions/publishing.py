"""Approving publishes; withdrawing takes away everything that was published, at once and visibly."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from foundation.actions import Actor, action, demand, record, refuse_stale
from foundation.db import clock
from foundation.jobs.models import Job
from foundation.jobs.queue import enqueue
from opendata import emails, policy, taken_back
from opendata.actions._shared import hold_dataset, hold_version, keep
from opendata.catalogue import kept, publishing
from opendata.models import Dataset, DatasetVersion, PublicFile
from opendata.states import Coding, FileKind, VersionState
from opendata.table import readiness
from tablecheck import Progress


@action
def publish_later(
    *,
    version: DatasetVersion,
    by: Actor,
    seen: int,
    head_name: str,
    head_checked_on: date,
    head_document_number: str = "",
) -> Job:
    """Have a large version published by a worker, once however often it is asked: its files take their time."""
    version = hold_version(version)
    _refuse(version, by, seen, head_checked_on)
    check = {"head_name": head_name, "head_checked_on": head_checked_on.isoformat()}
    check["head_document_number"] = head_document_number
    payload = {"version": version.pk, "seen": seen, "by": by.user.pk, "via": by.via, "check": check}
    return enqueue(kind=publishing.KIND, key=publishing.key_of(version, payload), payload=payload)


@action
def publish(
    *,
    version: DatasetVersion,
    by: Actor,
    seen: int,
    head_name: str,
    head_checked_on: date,
    head_document_number: str = "",
    progress: Progress | None = None,
) -> DatasetVersion:
    """Record the check by the head of section and publish, in one action. From now on a trigger keeps it.

    The files are made before the version is held, so that nobody waits for them; whoever finds it published finds
    them. What was changed meanwhile is not published.
    """
    _refuse(version, by, seen, head_checked_on)
    published_at = clock.now()
    made = kept.make(version, published_at, progress=progress)
    version = hold_version(version)
    _refuse(version, by, seen, head_checked_on)
    PublicFile.objects.bulk_create(made)
    keep(
        version,
        head_name=head_name,
        head_checked_on=head_checked_on,
        head_document_number=head_document_number,
        state=VersionState.PUBLISHED,
        published_at=published_at,
        published_by=by.user,
        public_sha256=next(f.sha256 for f in made if (f.kind, f.coding) == (FileKind.CSV, Coding.PLAIN)),
    )
    record(by=by, action="opendata.publish", target=version, head=head_name, sha256=version.public_sha256)
    emails.tell_uploader("published", version, by=by)
    return version


def _refuse(version: DatasetVersion, by: Actor, seen: int, head_checked_on: date) -> None:
    demand(policy.can_decide(by.user, version), policy.NOT_TO_DECIDE)
    refuse_stale(version, seen)
    if version.dataset.is_withdrawn:
        raise ValidationError(_("公開を停止したデータセットです。"))
    if found := readiness.blockers(version):
        raise ValidationError([blocker.message for blocker in found])
    if head_checked_on > clock.today():
        raise ValidationError({"head_checked_on": _("確認した日に、先の日付は入力できません。")})


@action
def make_files(*, version: DatasetVersion, by: Actor, progress: Progress | None = None) -> list[FileKind]:
    """Make or mend what a published version lacks in the storage; returns of which kinds that was something.

    It lacks all that was published before there were such files.
    """
    version = hold_version(version)
    assert version.published_at is not None
    # There is nothing left to make them from.
    kinds = [] if version.disposed_on else kept.lacking(version)
    if not kinds:
        return []
    made = kept.make(version, version.published_at, kinds=kinds, progress=progress)
    PublicFile.objects.bulk_create(made, ignore_conflicts=True)
    names = [file.name for file in made]
    record(by=by, action="opendata.make_files", target=version, files=names)
    return kinds


@action
def withdraw(*, dataset: Dataset, by: Actor, reason: str) -> Dataset:
    """Every page and file of the data set answers 410 with reason and date from this moment."""
    dataset = hold_dataset(dataset)
    demand(policy.can_withdraw(by.user, dataset), policy.NOT_TO_WITHDRAW)
    taken_back.withdraw(dataset, user=by.user, reason=reason)
    taken_back.note_dataset(dataset, user=by.user)
    emails.stop_reminders(dataset)
    record(by=by, action="opendata.withdraw", target=dataset, reason=reason)
    return dataset
