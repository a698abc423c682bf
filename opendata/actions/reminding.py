"""The section of an overdue data set is asked for its next version."""

from foundation.actions import SYSTEM, Actor, action, record, write
from opendata import emails
from opendata.actions._shared import hold_dataset
from opendata.models import DatasetVersion


@action
def remind_of_update(*, version: DatasetVersion, by: Actor) -> int:
    """Once for each version that is public; where nobody can be told, it is tried again on the next day."""
    assert by is SYSTEM
    dataset = hold_dataset(version.dataset)
    if dataset.reminded_of == version.number or dataset.versions.filter(number__gt=version.number).exists():
        return 0
    told = emails.remind_section(version, by=by)
    if told:
        write(dataset, reminded_of=version.number)
        record(by=by, action="opendata.remind_of_update", target=version, told=told)
    return told
