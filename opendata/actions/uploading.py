"""A file comes in: first it is kept, then it is read."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from foundation.actions import Actor, action, demand, record
from members.models import Department, Municipality
from opendata import assignments, checking, originals, policy, rows, slugs
from opendata.actions._shared import hold_dataset, hold_to_change, keep
from opendata.models import Dataset, DatasetVersion
from opendata.states import VersionState
from tablecheck import Unreadable

FILE = ("original", "original_name", "original_sha256")


@action
def upload(*, department: Department, standard: str, name: str, data: bytes, by: Actor) -> DatasetVersion:
    """Begin a data set with a file. The same file sent twice is one data set.

    Nothing is read yet: whatever happens then, the file is here.
    """
    demand(policy.can_upload_for(by.user, department), policy.NOT_TO_UPLOAD)
    # All uploads pass through the town's one row: a button pressed twice finds the first one's data set.
    town = Municipality.objects.select_for_update().get()
    digest = originals.digest(data)
    sent_before = _begun_with(digest, department, standard)
    if sent_before:
        return sent_before
    dataset = Dataset.objects.create(
        slug=slugs.free(standard),
        title=checking.title_of(standard) or name.rpartition(".")[0][:100] or _("名称未設定"),
        standard=standard,
        department=department,
        assignment=assignments.open_for(by.user).first(),
        licence=town.licence,
        created_by=by.user,
    )
    return _begin(dataset, number=1, name=name, data=data, by=by, action="opendata.upload")


@action
def replace(*, dataset: Dataset, name: str, data: bytes, by: Actor) -> DatasetVersion:
    """Put another file in the place of the one in work; where none is, begin the next version."""
    dataset = hold_dataset(dataset)
    demand(policy.can_upload_for(by.user, dataset.department), policy.NOT_TO_UPLOAD)
    if dataset.is_withdrawn:
        raise ValidationError(
            _("公開を停止したデータセットです。新しいデータセットとしてアップロードしてください。")
        )
    version = dataset.versions.in_work().first()
    if version is None:
        number = dataset.versions.count() + 1
        return _begin(dataset, number=number, name=name, data=data, by=by, action="opendata.next_version")
    if not version.is_editable:
        raise ValidationError(
            _("提出済みのため、差し替えられません。差し替えるときは、確認者に差戻しを依頼してください。")
        )
    if version.original_sha256 == originals.digest(data):
        return version
    version = hold_to_change(version, by)
    before = version.original_sha256
    _point_to(version, name, data)
    version.detected, version.findings, version.profile = {}, [], []
    version.privacy_confirmed = False
    version.rows.all().delete()
    version.repairs.all().delete()
    keep(version, *FILE, "detected", "findings", "profile", "privacy_confirmed")
    digests = {"before": before, "after": version.original_sha256}
    record(by=by, action="opendata.replace", target=version, file=version.original_name, **digests)
    return version


@action
def read(*, version: DatasetVersion, by: Actor, sheet: str = "") -> DatasetVersion:
    """Read the kept file into rows, findings and proposed repairs; or keep the sentence that says why not."""
    version = hold_to_change(version, by)
    version.repairs.all().delete()
    try:
        checked = checking.first_look(version, sheet)
    except Unreadable as error:
        version.detected = {"error": {"code": error.code, "message": error.message}}
        version.rows.all().delete()
        keep(version, "detected")
        record(by=by, action="opendata.read", target=version, error=error.code)
        return version
    rows.write(version, checked.table)
    version.detected = checking.detected_in(checked)
    checking.take_over(version, checked, checking.ticks(version, checked.table.header))
    if version.dataset.versions.published().exists():
        version.words |= {"standard": version.dataset.standard}
    else:
        version.dataset.save(update_fields=["standard"])
    keep(version, "detected", "columns", "findings", "profile", "words")
    record(by=by, action="opendata.read", target=version, rows=len(checked.table), sheet=sheet)
    return version


def _begun_with(digest: str, department: Department, standard: str) -> DatasetVersion | None:
    same = DatasetVersion.objects.filter(state=VersionState.DRAFT, number=1, original_sha256=digest)
    asked = [edition.name for edition in checking.editions(standard)] or [""]
    return same.filter(dataset__department=department, dataset__standard__in=asked).first()


def _begin(dataset: Dataset, *, number: int, name: str, data: bytes, by: Actor, action: str) -> DatasetVersion:
    version = DatasetVersion(dataset=dataset, number=number, uploaded_by=by.user)
    _point_to(version, name, data)
    version.save()
    version.refresh_from_db(fields=["uploaded_at"])
    record(by=by, action=action, target=version, file=version.original_name, sha256=version.original_sha256)
    return version


def _point_to(version: DatasetVersion, name: str, data: bytes) -> None:
    version.original = originals.keep(data)
    version.original_name = name[-255:]
    version.original_sha256 = originals.digest(data)
