"""The items of a meeting's agenda: added, edited, moved, taken away."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from foundation.actions import Actor, action, hold, record, refuse_stale, write
from meetings.actions._shared import count_change, hold_to_prepare
from meetings.actions.letters import settle
from meetings.models import AgendaItem, Meeting


@action
def add_item(*, meeting: Meeting, by: Actor, **fields: Any) -> AgendaItem:
    meeting = hold_to_prepare(meeting, by)
    last = meeting.items.last()
    item = AgendaItem(meeting=meeting, order=last.order + 1 if last else 1)
    _write(item, fields)
    record(by=by, action="meetings.add_item", target=meeting, title=item.title)
    settle(meeting, by=by)
    return item


@action
def edit_item(*, item: AgendaItem, by: Actor, seen: int, **fields: Any) -> AgendaItem:
    meeting = hold_to_prepare(item.meeting, by)
    item = hold(meeting.items.all(), item.pk)
    refuse_stale(item, seen)
    changes = _write(item, fields)
    record(by=by, action="meetings.edit_item", target=meeting, item=item.pk, **changes)
    settle(meeting, by=by)
    return item


@action
def move_item(*, item: AgendaItem, by: Actor, step: int) -> None:
    """One place up (-1) or down (1); at either end it stays."""
    meeting = hold_to_prepare(item.meeting, by)
    item = hold(meeting.items.all(), item.pk)
    items = list(meeting.items.all())
    place = items.index(item)
    if 0 <= place + step < len(items):
        items.insert(place + step, items.pop(place))
    _number(items)
    count_change(meeting)
    settle(meeting, by=by)
    record(by=by, action="meetings.move_item", target=meeting, item=item.pk, step=step)


@action
def remove_item(*, item: AgendaItem, by: Actor, seen: int) -> None:
    meeting = hold_to_prepare(item.meeting, by)
    item = hold(meeting.items.all(), item.pk)
    refuse_stale(item, seen)
    record(by=by, action="meetings.remove_item", target=meeting, title=item.title)
    try:
        item.delete()
    except ProtectedError:
        raise ValidationError(_("この議題には質問又は記録があるため、削除できません。")) from None
    _number(list(meeting.items.all()))
    count_change(meeting)
    settle(meeting, by=by)


def _write(item: AgendaItem, fields: dict[str, Any]) -> dict[str, list[Any]]:
    presenter = fields.get("presenter")
    if presenter and presenter.group_id != item.meeting.group_id:
        raise ValidationError({"presenter": _("説明者は、この会議の名簿から選んでください。")})
    changes = write(item, **fields)
    if changes:
        count_change(item.meeting)
    return changes


def _number(items: list[AgendaItem]) -> None:
    """1, 2, 3 …; the unique constraint is judged at the end of the transaction."""
    for order, item in enumerate(items, 1):
        item.order = order
    AgendaItem.objects.bulk_update(items, ["order"])
