"""A meeting in writing comes to its end: who was asked has answered, or had time to, and the result is settled."""

from collections.abc import Mapping
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from foundation.actions import Actor, action, record, refuse_stale, write
from meetings import in_writing, policy, snapshot
from meetings.actions._shared import hold_to_record, next_order, refuse_to_move
from meetings.actions.letters import withdraw
from meetings.actions.roll import propose_lines
from meetings.models import Letter, Meeting, Opinion
from meetings.states import MeetingState, RecordPlace

A_MINUTE = timedelta(minutes=1)


@action
def conclude(*, meeting: Meeting, by: Actor, seen: int, casting: Mapping[int, str]) -> Meeting:
    """Settle what was decided, and pin it. `casting`: what the chair said where votes were equal, by the item."""
    meeting = hold_to_record(meeting, by)
    refuse_stale(meeting, seen)
    refuse_to_move(meeting, MeetingState.HELD)
    if reason := policy.not_yet_concluded(meeting):
        raise ValidationError(reason)
    for item in meeting.items.filter(needs_decision=True):
        write(item, casting_vote=casting.get(item.pk, ""))
    found = in_writing.outcome(meeting)
    if not found.is_met:
        raise ValidationError(
            _(
                "回答が%s名分足りないため、会議が成立していません。回答期限を延ばすか、不成立（流会）として記録してください。"
            )
            % found.lacking
        )
    if found.unsettled:
        raise ValidationError(_("可否同数の議題があります。議長の決定を選択してください。"))
    starts_at = meeting.starts_at
    assert starts_at, "policy has looked"
    ends_at = meeting.ends_at or starts_at + A_MINUTE
    pinned = snapshot.take(meeting)
    write(meeting, state=MeetingState.HELD, snapshot=pinned, held_from=starts_at, held_to=ends_at)
    withdraw(Letter.objects.waiting().filter(meeting=meeting))
    propose_lines(meeting)
    record(by=by, action="meetings.conclude", target=meeting, snapshot=meeting.snapshot)
    return meeting


@action
def take_over_opinions(*, meeting: Meeting, by: Actor) -> int:
    """What was written to the items becomes lines of the record, without the names of their writers.

    Pressed again it takes what is not there yet.
    """
    meeting = hold_to_record(meeting, by)
    said = Opinion.objects.filter(reply__survey__meeting=meeting, reply__withdrawn_at=None).exclude(text="")
    known = set(meeting.entries.exclude(item=None).values_list("item", "text"))
    taken = 0
    for opinion in said.select_related("item").order_by("item__order", "reply__membership__order", "pk"):
        if (opinion.item_id, opinion.text) in known:
            continue
        order = next_order(opinion.item.entries)
        meeting.entries.create(section=RecordPlace.ITEM, item=opinion.item, order=order, text=opinion.text)
        taken += 1
    record(by=by, action="meetings.take_over_opinions", target=meeting, lines=taken)
    return taken
