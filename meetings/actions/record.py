"""The lines of the record."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, Max
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _, gettext_lazy

from foundation.actions import Actor, action, hold, record, refuse_stale, write
from foundation.db import clock
from meetings.actions._shared import hold_to_record
from meetings.models import AgendaItem, Meeting, RecordEntry
from meetings.models.record import RecordEntryQuerySet
from meetings.origins import ORIGINS
from meetings.record_lines import TypedRow
from meetings.states import Origin, Point, RecordPlace

ITEM_GONE = gettext_lazy(
    "この議題は他の画面で削除されました。入力した内容を「連絡事項等」に移しています。まだ何も保存していません。"
)
UNDER_A_LINE = {Point.REPLY, Point.CONTINUATION}
# Stands as it stood, and need not be looked for again.
PLACE = ["meeting", "item", "election", "assignment", "speaker"]


@action
def add_entry(
    *,
    meeting: Meeting,
    by: Actor,
    item: AgendaItem | None = None,
    text: str = "",
    point: str = Point.POINT,
    origin: str = Origin.TYPED,
) -> RecordEntry:
    """Write a line under an agenda item, or without one among the notices.

    A line made from a result tells of the first one that no line tells of yet.
    """
    meeting = hold_to_record(meeting, by)
    entry = RecordEntry(
        meeting=meeting,
        section=RecordPlace.ITEM if item else RecordPlace.NOTICES,
        item=item,
        text=text,
        point=point,
        origin=origin,
    )
    ORIGINS[origin].point_to_result(entry)
    entry.order = _last(entry) + 1
    _refuse_under_nothing(entry)
    write(entry, point=point, text=text)
    record(by=by, action="meetings.add_entry", target=entry, text=text)
    return entry


@action
def add_entries(
    *, meeting: Meeting, by: Actor, rows: Sequence[TypedRow], item: AgendaItem | None = None
) -> list[RecordEntry]:
    """Write down several lines at once, in their order, below what stands there.

    Of the item its key is enough: as it stands, it is read under the lock, with the place of its last line.
    """
    meeting = hold_to_record(meeting, by)
    item, last = _place(meeting, item)
    section = RecordPlace.ITEM if item else RecordPlace.NOTICES
    place = {"meeting": meeting, "section": section, "item": item}
    said_by = {row.speaker for row in rows if row.speaker}
    if said_by and meeting.group.memberships.filter(pk__in=said_by).count() < len(said_by):
        raise ValidationError(_("発言した方は、この会議の名簿から選んでください。"))
    lines = [RecordEntry(**place, point=row.point, text=row.text, speaker_id=row.speaker) for row in rows]
    _refuse_under_nothing(lines[0])
    for order, line in enumerate(lines, start=last + 1):
        line.order = order
        line.clean_fields(exclude=PLACE)
    RecordEntry.objects.bulk_create(lines)
    record(by=by, action="meetings.add_entries", target=meeting, texts=[line.text for line in lines])
    return lines


@action
def edit_entry(*, entry: RecordEntry, by: Actor, seen: int, **values: Any) -> RecordEntry:
    """Change words, mark, override or withholding of a line that nobody else changed meanwhile."""
    meeting = hold_to_record(entry.meeting, by)
    entry = hold(meeting.entries.standing(), entry.pk)
    refuse_stale(entry, seen)
    changes = write(entry, **values)
    record(by=by, action="meetings.edit_entry", target=entry, **changes)
    return entry


@action
def move_entry(*, entry: RecordEntry, by: Actor, seen: int, up: bool) -> RecordEntry:
    """Change places with the line above or below, under the same heading; at either end it stays.

    Two who move one line at a time move it once: the other is told.
    """
    meeting = hold_to_record(entry.meeting, by)
    entry = hold(meeting.entries.standing(), entry.pk)
    refuse_stale(entry, seen)
    # Removed lines keep their places between the others.
    lines = list(_siblings(entry).order_by("order", "id"))
    standing = [line for line in lines if line.removed_at is None]
    beside = standing.index(entry) + (-1 if up else 1)
    if beside in range(len(standing)):
        one, other = lines.index(entry), lines.index(standing[beside])
        lines[one], lines[other] = lines[other], lines[one]
    for order, line in enumerate(lines, start=1):
        line.order = order
    RecordEntry.objects.bulk_update(lines, ["order"])
    entry = lines[lines.index(entry)]
    write(entry, exclude=PLACE, version=entry.version + 1)
    record(by=by, action="meetings.move_entry", target=entry, up=up)
    return entry


@action
def remove_entry(*, entry: RecordEntry, by: Actor, seen: int) -> RecordEntry:
    """It leaves the record and the report; whoever misses it has it back in one press."""
    meeting = hold_to_record(entry.meeting, by)
    entry = hold(meeting.entries.standing(), entry.pk)
    refuse_stale(entry, seen)
    write(entry, exclude=PLACE, removed_at=clock.now())
    record(by=by, action="meetings.remove_entry", target=entry, text=entry.text, origin=entry.origin)
    return entry


@action
def restore_entry(*, entry: RecordEntry, by: Actor) -> RecordEntry:
    """To where it stood."""
    meeting = hold_to_record(entry.meeting, by)
    entry = hold(meeting.entries.removed(), entry.pk)
    write(entry, exclude=PLACE, removed_at=None)
    record(by=by, action="meetings.restore_entry", target=entry, text=entry.text, origin=entry.origin)
    return entry


@action
def take_back_entries(*, meeting: Meeting, by: Actor, first: int, last: int) -> list[RecordEntry]:
    """The lines that were added at once, all of them; not where somebody has worked on one since."""
    meeting = hold_to_record(meeting, by)
    lines = list(added_at_once(meeting, first, last))
    if not lines:
        raise ValidationError(_("追加した行は、既に削除されています。"))
    if any(line.version > 1 for line in lines):
        raise ValidationError(
            _(
                "追加した後に修正又は移動された行があるため、まとめて取り消せません。"
                "不要な行を一つずつ削除してください。"
            )
        )
    added_at_once(meeting, first, last).update(removed_at=clock.now(), version=F("version") + 1)
    texts = [line.text for line in lines]
    record(by=by, action="meetings.take_back_entries", target=meeting, texts=texts)
    return lines


def added_at_once(meeting: Meeting, first: int, last: int) -> RecordEntryQuerySet:
    """Nobody else writes lines of a meeting while an action adds some: their numbers follow each other."""
    return meeting.entries.standing().filter(pk__range=(first, last), origin=Origin.TYPED).order_by("order", "id")


def put_under(item: AgendaItem | None, entry: RecordEntry) -> None:
    """Below what stands under that item already; where it stands there or no item is named, it stays in place."""
    if item is None or entry.item_id == item.pk:
        return
    entry.section, entry.item = RecordPlace.ITEM, item
    write(entry, order=_last(entry) + 1)


def _refuse_under_nothing(entry: RecordEntry) -> None:
    if entry.point in UNDER_A_LINE and not _siblings(entry).standing().exists():
        raise ValidationError(_("→ の行は、○ 又は印なしの行の下に置いてください。"))


def _place(meeting: Meeting, item: AgendaItem | None) -> tuple[AgendaItem | None, int]:
    if item is None:
        among = meeting.entries.filter(section=RecordPlace.NOTICES)
        return None, among.aggregate(last=Max("order"))["last"] or 0
    found = meeting.items.annotate(last=Coalesce(Max("entries__order"), 0)).filter(pk=item.pk).first()
    if found is None:
        raise ValidationError(ITEM_GONE, code="gone")
    return found, found.last


def _last(entry: RecordEntry) -> int:
    return _siblings(entry).aggregate(last=Max("order"))["last"] or 0


def _siblings(entry: RecordEntry) -> RecordEntryQuerySet:
    return RecordEntry.objects.filter(meeting=entry.meeting, section=entry.section, item=entry.item)
