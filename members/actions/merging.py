"""Two registrations of one person become one, and two again where that was wrong."""

from typing import Any

from django.apps import apps
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from foundation.actions import Actor, Conflict, action, demand, hold, record, write
from foundation.retention import rows_of
from members import emails, sessions
from members.addresses import keep_in_step
from members.merging import MergePlan, exchangeable, plan
from members.models import PersonMerge, User
from members.policy import ADMINISTRATORS_ONLY, can_administrate
from members.taken_back import RIGHTS, fingerprint, is_now, note_person

ONESELF = _("御自分の登録は、統合元にできません。統合先と統合元を入れ替えてください。")
UNDONE = _("この統合は、既に取り消されています。")
EMPTY = {"email": None, "delivery_email": "", "phone": "", "employee_number": None}


@action
def merge_person(*, kept: User, other: User, by: Actor, shown: str, take: list[str]) -> PersonMerge:
    """`take` names the ways to reach the person that come from `other`; the two exchange them: none is lost.

    Rights of an administrator do not go over, and `other` opens no door any more.
    """
    demand(can_administrate(by.user), ADMINISTRATORS_ONLY)
    kept, other = _hold_both(kept, other)
    if other == by.user:
        raise ValidationError(ONESELF)
    decided = plan(kept, other)
    if decided.digest != shown:
        raise Conflict(decided.digest)
    if decided.refusals:
        raise ValidationError(decided.refusals)
    merge = PersonMerge(kept=kept, other=other, rights={name: getattr(other, name) for name in RIGHTS})
    merge.dropped = serializers.serialize("python", decided.dropped)
    merge.moved = _move(decided)
    taken = [name for name in exchangeable(kept, other) if name in take]
    _exchange(kept, other, taken, rights=dict.fromkeys(RIGHTS, False))
    merge.exchanged = {name: fingerprint(getattr(kept, name) or "") for name in taken}
    merge.save()
    said = {"over": decided.over, "not_over": decided.not_over}
    record(by=by, action="members.merge_person", target=kept, other=str(other), **said)
    return merge


@action
def undo_merge(*, merge: PersonMerge, by: Actor) -> PersonMerge:
    """What was moved goes back, unless somebody gave it to a third one meanwhile."""
    demand(can_administrate(by.user), ADMINISTRATORS_ONLY)
    merge = hold(PersonMerge.objects.select_related("kept", "other"), merge.pk)
    if merge.undone_at:
        raise ValidationError(UNDONE)
    kept, other = _hold_both(merge.kept, merge.other)
    for row in reversed(list(serializers.deserialize("python", merge.dropped))):
        row.save()
    for label, pk, name, before, after in merge.moved:
        rows_of(apps.get_model(label)).filter(pk=pk, **{name: after}).update(**{name: before})
    given = [name for name, said in merge.exchanged.items() if is_now(getattr(kept, name) or "", said)]
    _exchange(kept, other, given, rights=merge.rights)
    merge.undone_at = Now()
    merge.save(update_fields=["undone_at"])
    record(by=by, action="members.undo_merge", target=kept, other=str(other))
    return merge


def _hold_both(kept: User, other: User) -> tuple[User, User]:
    """In one order, whichever of them somebody else merges into which."""
    rows = User.objects.select_for_update(no_key=True).order_by("pk").in_bulk([kept.pk, other.pk])
    return rows[kept.pk], rows[other.pk]


def _move(decided: MergePlan) -> list[list[Any]]:
    """First what goes over: nothing that is moved hangs on what is gone then."""
    moved = []
    for move in decided.moves:
        before = getattr(move.row, f"{move.name}_id")
        rows_of(type(move.row)).filter(pk=move.row.pk).update(**{move.name: move.to})
        moved.append([move.row._meta.label, move.row.pk, move.name, before, move.to.pk])
    for row in decided.dropped:
        rows_of(type(row)).filter(pk=row.pk).delete()
    return moved


def _exchange(kept: User, other: User, names: list[str], *, rights: dict[str, Any]) -> None:
    """Each of them has what the other had; nobody else may have an address meanwhile, and neither may both."""
    before = kept.email
    theirs: dict[str, Any] = {name: getattr(other, name) for name in names}
    own: dict[str, Any] = {name: getattr(kept, name) for name in names}
    empty: dict[str, Any] = {name: EMPTY[name] for name in names}
    write(other, **empty)
    keep_in_step(other)
    write(kept, **theirs)
    write(other, **own, **rights)
    for person, changes in ((kept, theirs), (other, own | rights)):
        keep_in_step(person)
        note_person(person, changes)
    if not other.is_active:
        sessions.end_all(other)
    if kept.email != before:
        emails.tell_of_new_address(kept, before)
