"""A file comes in: first it is kept, then it is read; a large one after the answer to the page."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from foundation.actions import Actor, Conflict, action, demand, record, refuse_stale
from foundation.jobs.models import Job
from foundation.jobs.queue import again, enqueue
from members.models import Department, Municipality
from opendata import assignments, emails, policy, slugs, standards
from opendata.actions import repairing
from opendata.actions._shared import hold_dataset, hold_to_change, keep
from opendata.models import Dataset, DatasetVersion
from opendata.states import VersionState
from opendata.table import checking, originals, reading, rows
from opendata.table.ways import Way
from tablecheck import Progress, Unreadable

# Seconds that a page waits for its turn; then a worker goes on waiting.
PATIENCE = 3
FILE = ("original", "original_name", "original_sha256")
WORDS = ("title", "description", "standard", "licence", "update_cycle", "definition")


@action
def upload(*, department: Department, standard: str | None, name: str, data: bytes, by: Actor) -> DatasetVersion:
    """Begin a data set with a file. The same file sent twice is one data set.

    Nothing is read yet: whatever happens then, the file is here. Where no `standard` is named ("" is a list of
    one's own), the columns tell, and a person is asked (confirming.py).
    """
    demand(policy.can_upload_for(by.user, department), policy.NOT_TO_UPLOAD)
    # All uploads pass through the town's one row: a button pressed twice finds the first one's data set.
    town = Municipality.objects.select_for_update().get()
    digest = originals.digest(data)
    sent_before = _begun_with(digest, department, standard)
    if sent_before:
        originals.keep(data)
        return sent_before
    dataset = Dataset.objects.create(
        slug=slugs.free(standard or ""),
        department=department,
        assignment=assignments.open_for(by.user).first(),
        created_by=by.user,
    )
    words: dict[str, Any] = {
        "title": standards.title_of(standard or "") or standards.title_from(name),
        "standard": standard or "",
        "kind_confirmed": standard is not None,
        "licence": town.licence,
    }
    return _begin(dataset, number=1, words=words, name=name, data=data, by=by, action="opendata.upload")


@action
def replace(*, dataset: Dataset, seen: int, name: str, data: bytes, by: Actor) -> DatasetVersion:
    """Put another file in the place of the one in work; where none is, begin the next version.

    `seen` is the count of the version in work on the page, 0 where there was none.
    """
    dataset = hold_dataset(dataset)
    demand(policy.can_upload_for(by.user, dataset.department), policy.NOT_TO_UPLOAD)
    if dataset.is_withdrawn:
        raise ValidationError(
            _("公開を停止したデータセットです。新しいデータセットとしてアップロードしてください。")
        )
    version = dataset.versions.in_work().first()
    if version is None:
        if seen:
            raise Conflict
        return _begin_next(dataset, name=name, data=data, by=by)
    _refuse_replacing(version)
    if version.original_sha256 == originals.digest(data):
        # The same file again, which may be what is left of one that was damaged here.
        originals.keep(data)
        return version
    refuse_stale(version, seen)
    version = hold_to_change(version, by)
    before = version.original_sha256
    _point_to(version, name, data)
    forget_what_was_read(version)
    digests = {"before": before, "after": version.original_sha256}
    record(by=by, action="opendata.replace", target=version, file=version.original_name, **digests)
    return version


def _begin_next(dataset: Dataset, *, name: str, data: bytes, by: Actor) -> DatasetVersion:
    """With the words of the one before; nobody need be reminded any more that it is due."""
    last = dataset.versions.order_by("-number")[0]
    words = {name: getattr(last, name) for name in WORDS}
    emails.stop_reminders(dataset)
    number, action = last.number + 1, "opendata.next_version"
    return _begin(dataset, number=number, words=words, name=name, data=data, by=by, action=action)


def _refuse_replacing(version: DatasetVersion) -> None:
    if version.is_kept:
        raise ValidationError(
            _("公開しないで保管している版があるため、差し替えられません。先に、その版の作業を再開してください。")
        )
    if not version.is_editable:
        raise ValidationError(
            _("提出済みのため、差し替えられません。差し替えるときは、先に提出を取り消してください。")
        )


def forget_what_was_read(version: DatasetVersion) -> None:
    version.detected, version.way, version.profile = {}, {}, []
    version.privacy_confirmed, version.privacy_answers = False, {}
    version.rows.all().delete()
    version.repairs.all().delete()
    version.findings.all().delete()
    keep(version, *FILE, "detected", "way", "profile", "privacy_confirmed", "privacy_answers")


@action
def read_later(*, version: DatasetVersion, by: Actor, way: Way | None = None) -> Job:
    """Have the kept file read by a worker, once however often it is asked; the version's page shows how far."""
    version = hold_to_change(version, by)
    way = version.way if way is None else way
    reading.refuse_what_died(version, way)
    payload = {"version": version.pk, "seen": version.version, "way": way, "by": by.user.pk, "via": by.via}
    job = enqueue(kind=reading.KIND, key=reading.key_of(version, way), payload=payload)
    if not job.is_new and job.has_ended:
        again(job)
    return job


@action
def read(
    *,
    version: DatasetVersion,
    by: Actor,
    way: Way | None = None,
    progress: Progress | None = None,
    wait: float = PATIENCE,
) -> DatasetVersion:
    """Read the kept file into rows, findings and proposed repairs; or keep the sentence that says why not.

    `way` is how a person said that it is to be read, and stays with the file. What was repaired is repaired again
    where the cell holds what it held then; where that way leads nowhere, what was read before stays.

    Files are read two at a time: one that found no place in so many seconds raises Busy, and nothing is changed.

    The file is judged before the version is held, so that nobody waits for it; what was changed meanwhile is
    not overwritten.
    """
    demand(policy.can_change(by.user, version), policy.NOT_TO_CHANGE)
    way = version.way if way is None else way
    reading.refuse_what_died(version, way)
    with checking.first_look(version, way, progress, wait=wait) as found:
        seen, version = version.version, hold_to_change(version, by)
        refuse_stale(version, seen)
        if isinstance(found, Unreadable):
            if version.is_read:
                raise ValidationError(found.message)
            return _keep_refusal(version, found, way, by)
        rows.write(version, found.table)
        version.detected = checking.detected_in(found)
        version.standard = found.standard or ""
        ticked = checking.ticked_before(version)
        checking.take_over(version, found, checking.ticks(version, found.columns))
        keep(version, "detected", "columns", "profile", "standard", way=way)
        made, lost = repairing.make_again(version, ticked)
        record(by=by, action="opendata.read", target=version, rows=len(found.table), way=way, made=made, lost=lost)
        return version


def _keep_refusal(version: DatasetVersion, refusal: Unreadable, way: Way, by: Actor) -> DatasetVersion:
    version.detected = {"error": {"code": refusal.code, "message": refusal.message}}
    keep(version, "detected", way=way)
    record(by=by, action="opendata.read", target=version, error=refusal.code)
    return version


def _begun_with(digest: str, department: Department, standard: str | None) -> DatasetVersion | None:
    same = DatasetVersion.objects.filter(state=VersionState.DRAFT, number=1, original_sha256=digest)
    if standard is None:
        return same.filter(dataset__department=department).first()
    asked = [edition.name for edition in standards.editions(standard)] or [""]
    return same.filter(dataset__department=department, standard__in=asked).first()


def _begin(
    dataset: Dataset, *, number: int, words: dict[str, Any], name: str, data: bytes, by: Actor, action: str
) -> DatasetVersion:
    version = DatasetVersion(dataset=dataset, number=number, uploaded_by=by.user, **words)
    _point_to(version, name, data)
    version.save()
    version.refresh_from_db(fields=["uploaded_at"])
    record(by=by, action=action, target=version, file=version.original_name, sha256=version.original_sha256)
    return version


def _point_to(version: DatasetVersion, name: str, data: bytes) -> None:
    version.original = originals.keep(data)
    version.original_name = name[-255:]
    version.original_sha256 = originals.digest(data)
