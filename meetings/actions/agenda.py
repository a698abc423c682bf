"""The items of a meeting's agenda: added, edited, moved, taken away; also afterwards, as the day had them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import ProtectedError, Q
from django.utils.translation import gettext as _

from foundation.actions import Actor, action, hold, record, refuse_stale, write
from foundation.db import clock
from meetings import policy
from meetings.actions._shared import count_change, hold_to_correct, hold_to_prepare, hold_with_roll, next_order
from meetings.actions.letters import settle, settle_questions
from meetings.models import AgendaItem, Meeting, Question
from meetings.states import ItemKind


@action
def add_item(*, meeting: Meeting, by: Actor, **fields: Any) -> AgendaItem:
    meeting = hold_to_correct(meeting, by)
    last = meeting.items.last()
    item = AgendaItem(meeting=meeting, order=last.order + 1 if last else 1)
    _write(item, fields)
    record(by=by, action="meetings.add_item", target=meeting, title=item.title)
    _tell(meeting, by)
    return item


@action
def edit_item(*, item: AgendaItem, by: Actor, seen: int, **fields: Any) -> AgendaItem:
    meeting = hold_to_correct(item.meeting, by)
    item = hold(meeting.items.all(), item.pk)
    refuse_stale(item, seen)
    changes = _write(item, fields)
    record(by=by, action="meetings.edit_item", target=meeting, item=item.pk, **changes)
    _tell(meeting, by)
    if "presenter" in changes and policy.is_being_prepared(meeting):
        # Who presents it now is to answer what was asked about it, and has heard of nothing yet.
        asked = Question.objects.standing().unanswered().filter(meeting=meeting)
        asked.filter(Q(item=item, addressee=None, routed_to=None) | Q(routed_item=item)).update(told_at=None)
        settle_questions(meeting)
    return item


@action
def add_open_questions(*, meeting: Meeting, by: Actor) -> AgendaItem:
    """What was asked before and not answered yet gets an item; pressed again there is still one."""
    meeting = hold_to_prepare(meeting, by)
    there = meeting.items.filter(kind=ItemKind.QUESTIONS).first()
    if there:
        return there
    if not Question.objects.open_before(meeting).exists():
        raise ValidationError(_("前回までの未回答の質問はありません。"))
    item = AgendaItem(meeting=meeting, order=next_order(meeting.items))
    _write(item, {"kind": ItemKind.QUESTIONS, "title": _("前回までの質問への回答")})
    record(by=by, action="meetings.add_open_questions", target=meeting, title=item.title)
    _tell(meeting, by)
    return item


@action
def move_item(*, item: AgendaItem, by: Actor, step: int) -> None:
    """One place up (-1) or down (1); at either end it stays."""
    meeting = hold_to_correct(item.meeting, by)
    item = hold(meeting.items.all(), item.pk)
    items = list(meeting.items.all())
    place = items.index(item)
    if 0 <= place + step < len(items):
        items.insert(place + step, items.pop(place))
    _number(items)
    count_change(meeting)
    _tell(meeting, by)
    record(by=by, action="meetings.move_item", target=meeting, item=item.pk, step=step)


@action
def remove_item(*, item: AgendaItem, by: Actor, seen: int) -> None:
    meeting = hold_to_correct(item.meeting, by)
    item = hold(meeting.items.all(), item.pk)
    refuse_stale(item, seen)
    record(by=by, action="meetings.remove_item", target=meeting, title=item.title)
    item.entries.removed().delete()
    try:
        item.delete()
    except ProtectedError:
        raise ValidationError(_("この議題には質問、記録又は書面での回答があるため、削除できません。")) from None
    _number(list(meeting.items.all()))
    count_change(meeting)
    _tell(meeting, by)


@action
def begin_item(*, item: AgendaItem, by: Actor) -> AgendaItem:
    """The meeting has come to it; pressed twice, it began when it was pressed first."""
    meeting = hold_with_roll(item.meeting, by)
    item = hold(meeting.items.all(), item.pk)
    if item.begun_at:
        return item
    write(item, begun_at=clock.now())
    record(by=by, action="meetings.begin_item", target=meeting, item=item.pk, title=item.title)
    return item


@action
def take_back_beginning(*, item: AgendaItem, by: Actor) -> AgendaItem:
    """It has not begun after all."""
    meeting = hold_with_roll(item.meeting, by)
    item = hold(meeting.items.all(), item.pk)
    if item.begun_at is None:
        raise ValidationError(_("この議題は、まだ始めていません。"))
    changes = write(item, begun_at=None)
    record(by=by, action="meetings.take_back_beginning", target=meeting, item=item.pk, **changes)
    return item


def _write(item: AgendaItem, fields: dict[str, Any]) -> dict[str, list[Any]]:
    presenter = fields.get("presenter")
    if presenter and presenter.group_id != item.meeting.group_id:
        raise ValidationError({"presenter": _("説明者は、この会議の名簿から選んでください。")})
    changes = write(item, **fields)
    if changes:
        count_change(item.meeting)
    return changes


def _tell(meeting: Meeting, by: Actor) -> None:
    """What was held is told to nobody again."""
    if policy.is_being_prepared(meeting):
        settle(meeting, by=by)


def _number(items: list[AgendaItem]) -> None:
    """1, 2, 3 …; the unique constraint is judged at the end of the transaction."""
    for order, item in enumerate(items, 1):
        item.order = order
    AgendaItem.objects.bulk_update(items, ["order"])
