"""After a restore: what was taken back since the backup is shut again, or everything where nobody knows."""

from collections import Counter
from datetime import datetime

from django.conf import settings
from django.utils.module_loading import import_string

from foundation.actions import SYSTEM, action, record
from foundation.ledger.models import Restoration
from foundation.ledger.notes import Note, notes, reaches_back_to


class UnknownNote(Exception):
    """Written by a newer release: what it says would stay open."""


@action
def take_back_again(*, backup: str, made_at: datetime) -> Restoration:
    """Part of the restore, and fails with it. `backup` is its id, `made_at` its moment by the database's clock."""
    whole = reaches_back_to(backup)
    shut = _again(made_at) if whole else _everything()
    restoration = Restoration.objects.create(backup_at=made_at, ledger_was_whole=whole, shut_again=dict(shut))
    record(by=SYSTEM, action="ledger.restore", target=restoration, shut_again=dict(shut))
    return restoration


def last_notes(since: datetime) -> list[Note]:
    """What was said last of each row, by those that the backup cannot know.

    Notes from before it may be about other rows of the same numbers: of a time that an earlier restore has undone.
    """
    later = [note for note in notes() if note.written > since]
    return list({note.about: note for note in sorted(later, key=lambda note: note.noted)}.values())


def _again(since: datetime) -> Counter[str]:
    shut: Counter[str] = Counter()
    for note in last_notes(since):
        if note.kind not in settings.LEDGER:
            raise UnknownNote(note.kind)
        row = import_string(settings.LEDGER[note.kind])(note.pk, note.values)
        if row is not None:
            record(by=SYSTEM, action="ledger.shut_again", target=row, kind=note.kind)
            shut[note.kind] += 1
    return shut


def _everything() -> Counter[str]:
    return Counter({kind: import_string(path)() for kind, path in settings.LEDGER_LOST.items()})
