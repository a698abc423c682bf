"""Who takes part in a group, as what, from when to when. The desk keeps the roster."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from foundation.actions import Actor, action, demand, hold, record, refuse_stale, write
from members.actions._dated import shorten
from members.models import Membership, MembershipTerm, OfficeTerm, User, WorkingGroup
from members.policy import DESK_ONLY, can_run_desk
from members.taken_back import note_days, note_never

NOT_TAKING_PART = _("この日には参加していません。参加している期間の中の日を選んでください。")
BEGINS_HERE = _("この日から始まる期間が既にあります。その期間を訂正してください。")


@action
def add_member(*, group: WorkingGroup, user: User, by: Actor, valid_from: date, **term: Any) -> Membership:
    """A first term, or one more of somebody who was here before: the membership is one for ever."""
    demand(can_run_desk(by.user, group), DESK_ONLY)
    membership, _created = Membership.objects.select_for_update().get_or_create(group=group, user=user)
    write(MembershipTerm(membership=membership), valid_from=valid_from, **term)
    record(by=by, action="members.add_member", target=membership, valid_from=valid_from, **_words(term))
    return membership


@action
def add_members(
    *, group: WorkingGroup, by: Actor, valid_from: date, people: Sequence[dict[str, Any]]
) -> list[Membership]:
    """Several people from the same day: all of them, or nobody. Each says its `user` and its post."""
    added = []
    for person in people:
        try:
            added.append(add_member(group=group, by=by, valid_from=valid_from, **person))
        except ValidationError as refusal:
            raise ValidationError([f"{person['user']}：{said}" for said in refusal.messages]) from refusal
    return added


@action
def change_post(*, membership: Membership, by: Actor, valid_from: date, **term: Any) -> MembershipTerm:
    """From this day on the person takes part in another post: the term before ends on the eve."""
    membership = _lock(membership, by)
    current = membership.terms.on(valid_from).first()
    if current is None:
        raise ValidationError({"valid_from": NOT_TAKING_PART})
    if current.valid_from == valid_from:
        raise ValidationError({"valid_from": BEGINS_HERE})
    end = current.valid_to
    write(current, valid_to=valid_from - timedelta(days=1))
    following = MembershipTerm(membership=membership)
    write(following, valid_from=valid_from, valid_to=end, **term)
    record(by=by, action="members.change_post", target=membership, valid_from=valid_from, **_words(term))
    return following


@action
def correct_term(*, term: MembershipTerm, by: Actor, seen: int, **fields: Any) -> MembershipTerm:
    """What was typed wrong from the beginning. A change of post is a new term instead."""
    membership = _lock(term.membership, by)
    term = hold(membership.terms.all(), term.pk)
    refuse_stale(term, seen)
    changes = write(term, **fields)
    if "valid_to" in changes:
        note_days(term, "term")
    record(by=by, action="members.correct_term", target=membership, **changes)
    return term


@action
def end_membership(*, membership: Membership, by: Actor, valid_to: date) -> Membership:
    """The last day of taking part; offices end with it, and terms that had not begun never will."""
    membership = _lock(membership, by)
    later = list(membership.terms.filter(valid_from__gt=valid_to))
    for term in later:
        note_never(term, "term")
        term.delete()
    membership.office_terms.filter(valid_from__gt=valid_to).delete()
    current = membership.terms.on(valid_to).first()
    if current is None:
        raise ValidationError({"valid_to": NOT_TAKING_PART})
    changed = bool(later) | bool(shorten(current, to=valid_to))
    for office in membership.office_terms.on(valid_to):
        changed |= bool(shorten(office, to=valid_to))
    if not changed:
        return membership
    note_days(current, "term")
    record(by=by, action="members.end_membership", target=membership, valid_to=valid_to)
    return membership


@action
def move_member(*, membership: Membership, by: Actor, up: bool) -> Membership:
    """One place up or down among those of the same category; they are numbered anew in their present order."""
    membership = _lock(membership, by)
    roster = membership.group.memberships.current().in_roster_order()
    own = next((row for row in roster if row == membership), None)
    if own is None:
        raise ValidationError(_("現在の名簿にない方は、並べ替えられません。"))
    rows = [row for row in roster if row.category == own.category]
    place = rows.index(own)
    other = max(place - 1, 0) if up else min(place + 1, len(rows) - 1)
    rows[place], rows[other] = rows[other], rows[place]
    for order, row in enumerate(rows, 1):
        row.order = order
    Membership.objects.bulk_update(rows, ["order"])
    record(by=by, action="members.move_member", target=membership, place=other + 1)
    return membership


# Offices


@action
def give_office(
    *, membership: Membership, by: Actor, office: str, valid_from: date, valid_to: date | None = None
) -> OfficeTerm:
    membership = _lock(membership, by)
    if not membership.terms.on(valid_from).exists():
        raise ValidationError({"valid_from": _("この日には参加していないため、役職に就けません。")})
    term = OfficeTerm(membership=membership, group=membership.group)
    write(term, office=office, valid_from=valid_from, valid_to=valid_to)
    record(by=by, action="members.give_office", target=membership, office=office, valid_from=valid_from)
    return term


@action
def end_office(*, office_term: OfficeTerm, by: Actor, valid_to: date) -> OfficeTerm:
    membership = _lock(office_term.membership, by)
    term = hold(membership.office_terms.all(), office_term.pk)
    if shorten(term, to=valid_to):
        record(by=by, action="members.end_office", target=membership, office=term.office, valid_to=valid_to)
    return term


@action
def take_back_office(*, office_term: OfficeTerm, by: Actor) -> None:
    """It was never theirs: what gave it to them was written down wrong."""
    membership = _lock(office_term.membership, by)
    term = hold(membership.office_terms.all(), office_term.pk)
    record(
        by=by,
        action="members.take_back_office",
        target=membership,
        office=term.office,
        valid_from=term.valid_from,
        valid_to=term.valid_to,
    )
    term.delete()


def _lock(membership: Membership, by: Actor) -> Membership:
    demand(can_run_desk(by.user, membership.group), DESK_ONLY)
    return hold(Membership.objects.select_related("group", "user"), membership.pk)


def _words(term: dict[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in term.items() if value}
