"""The items of a meeting's agenda: added, edited, moved, taken away."""

from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from foundation.actions import Actor, action, record
from meetings.actions.preparing import lock
from meetings.models import AgendaItem, Meeting


@action
def add_item(*, meeting: Meeting, by: Actor, **fields) -> AgendaItem:
    meeting = lock(meeting, by)
    last = meeting.items.last()
    item = AgendaItem(meeting=meeting, order=last.order + 1 if last else 1, **fields)
    return _save(item, by, "meetings.add_item")


@action
def edit_item(*, item: AgendaItem, by: Actor, **fields) -> AgendaItem:
    lock(item.meeting, by)
    for name, value in fields.items():
        setattr(item, name, value)
    return _save(item, by, "meetings.edit_item")


@action
def move_item(*, item: AgendaItem, by: Actor, step: int) -> None:
    """One place up (-1) or down (1); at either end it stays."""
    meeting = lock(item.meeting, by)
    items = list(meeting.items.all())
    place = items.index(item)
    if 0 <= place + step < len(items):
        items.insert(place + step, items.pop(place))
    _number(items)
    record(by=by, action="meetings.move_item", target=meeting, item=item.pk, step=step)


@action
def remove_item(*, item: AgendaItem, by: Actor) -> None:
    meeting = lock(item.meeting, by)
    record(by=by, action="meetings.remove_item", target=meeting, title=item.title)
    try:
        item.delete()
    except ProtectedError:
        raise ValidationError(_("この議題には質問や記録があるため、取り除けません。")) from None
    _number(list(meeting.items.all()))


def _save(item: AgendaItem, by: Actor, action: str) -> AgendaItem:
    item.full_clean(exclude=["meeting", "presenter"])
    if item.presenter and item.presenter.group_id != item.meeting.group_id:
        raise ValidationError({"presenter": _("説明者は、この部会の名簿から選んでください。")})
    item.save()
    record(by=by, action=action, target=item.meeting, title=item.title)
    return item


def _number(items: list[AgendaItem]) -> None:
    """1, 2, 3 …; the unique constraint is judged at the end of the transaction."""
    for order, item in enumerate(items, 1):
        item.order = order
    AgendaItem.objects.bulk_update(items, ["order"])
