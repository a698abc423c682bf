"""What a file is that came in: a list of its own, or the next version of one that is public already."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from foundation.actions import Actor, action, demand, record, refuse_stale, write
from opendata import emails, policy, slugs, standards
from opendata.actions._shared import hold_dataset, hold_to_change, keep
from opendata.actions.uploading import WORDS, forget_what_was_read
from opendata.models import Dataset, DatasetVersion


@action
def confirm_kind(*, version: DatasetVersion, by: Actor, seen: int, standard: str) -> DatasetVersion:
    """It is a list of this kind ("" for one of the section's own); which edition, the columns tell.

    Where its columns had told otherwise, it has to be read again; `read` keeps what was repaired.
    """
    version = hold_to_change(version, by)
    refuse_stale(version, seen)
    _refuse_renaming(version)
    before, title = version.standard, standards.title_of(standard)
    if standards.present(before) != standard:
        version.standard = standard
    if title and version.title in {standards.title_from(version.original_name), standards.title_of(before)}:
        version.title = title
    if not version.kind_confirmed:
        write(version.dataset, slug=slugs.free(standard, keep=version.dataset.slug))
    keep(version, "standard", "title", kind_confirmed=True)
    record(by=by, action="opendata.confirm_kind", target=version, standard=[before, version.standard])
    return version


@action
def take_as_next(*, version: DatasetVersion, by: Actor, seen: int, dataset: Dataset) -> DatasetVersion:
    """What came in by itself is the next version of this data set; the one that was begun with it goes."""
    dataset = hold_dataset(dataset)
    version = hold_to_change(version, by)
    demand(policy.can_upload_for(by.user, dataset.department), policy.NOT_TO_UPLOAD)
    refuse_stale(version, seen)
    _refuse_renaming(version)
    last = dataset.versions.order_by("-number").first()
    if last is None or not last.is_published or dataset.is_withdrawn:
        raise ValidationError(
            _(
                "選んだデータセットに作業中の版があるか、公開を停止したため、新しい版にできません。もう一度選んでください。"
            )
        )
    alone = version.dataset
    for name in WORDS:
        setattr(version, name, getattr(last, name))
    version.dataset, version.number, version.columns, version.kind_confirmed = dataset, last.number + 1, [], True
    keep(version, "dataset", "number", "columns", "kind_confirmed", *WORDS)
    forget_what_was_read(version)
    alone.delete()
    emails.stop_reminders(dataset)
    record(by=by, action="opendata.take_as_next", target=version, file=version.original_name)
    return version


def _refuse_renaming(version: DatasetVersion) -> None:
    if version.number > 1:
        raise ValidationError(_("公開したデータセットの新しい版のため、データの種類は変えられません。"))
