"""A term is over, and somebody goes on: the same person, or another in the same place."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from foundation.actions import Actor, action, demand, hold, record, refuse_stale, write
from members.actions.memberships import end_membership
from members.models import Membership, MembershipTerm, OfficeTerm, User
from members.policy import DESK_ONLY, can_run_desk

DAY = timedelta(days=1)
ENDLESS = _("任期の末日が登録されていないため、再任の登録は要りません。")
TOO_EARLY = _("前任の方の任期が始まった日より後の日にしてください。")
HIMSELF = _("御本人は後任になれません。引き続き参加するときは、再任を登録してください。")


@action
def reappoint(
    *, term: MembershipTerm, by: Actor, seen: int, valid_to: date, keeps_office: bool = False
) -> MembershipTerm:
    """In the same post, from the day after; an office that lasted to the end goes on if it is said so."""
    term = _hold(term, by)
    refuse_stale(term, seen)
    if term.valid_to is None:
        raise ValidationError(ENDLESS)
    begins = term.valid_to + DAY
    following = MembershipTerm(membership=term.membership)
    post = {name: getattr(term, name) for name in ("category", "department", "affiliation", "job_title")}
    write(following, valid_from=begins, valid_to=valid_to, **post)
    office = office_at_end(term)
    if office and keeps_office:
        _give(term.membership, office, begins, valid_to)
    record(by=by, action="members.reappoint", target=term.membership, valid_from=begins, valid_to=valid_to)
    return following


@action
def name_successor(
    *,
    term: MembershipTerm,
    user: User,
    by: Actor,
    valid_from: date,
    valid_to: date | None = None,
    takes_office: bool = False,
    **post: Any,
) -> Membership:
    """Somebody else takes the place, in the same category and order. What is left of the term ends on the eve."""
    term = _hold(term, by)
    place = term.membership
    if user.pk == place.user_id:
        raise ValidationError(HIMSELF)
    if valid_from <= term.valid_from:
        raise ValidationError({"valid_from": TOO_EARLY})
    office = office_at_end(term) or place.office_terms.on(valid_from - DAY).first()
    if term.valid_to is None or term.valid_to >= valid_from:
        end_membership(membership=place, by=by, valid_to=valid_from - DAY)
    membership, created = Membership.objects.select_for_update().get_or_create(group=place.group, user=user)
    if created:
        membership.order = place.order
        membership.save(update_fields=["order"])
    following = MembershipTerm(membership=membership, predecessor=term)
    write(following, category=term.category, valid_from=valid_from, valid_to=valid_to, **post)
    if office and takes_office:
        _give(membership, office, valid_from, valid_to)
    record(
        by=by, action="members.name_successor", target=membership, predecessor=str(place), valid_from=valid_from
    )
    return membership


def office_at_end(term: MembershipTerm) -> OfficeTerm | None:
    """That of the last day of the term; of today where the term has no end."""
    offices = term.membership.office_terms.select_related("group")
    return (offices.on(term.valid_to) if term.valid_to else offices.current()).first()


def _give(membership: Membership, before: OfficeTerm, valid_from: date, valid_to: date | None) -> None:
    """What lasted beyond the term in which it was held ends with it."""
    if before.valid_to is None or before.valid_to >= valid_from:
        before.valid_to = valid_from - DAY
        before.save(update_fields=["valid_to"])
    following = OfficeTerm(membership=membership, group=membership.group)
    write(following, office=before.office, valid_from=valid_from, valid_to=valid_to)


def _hold(term: MembershipTerm, by: Actor) -> MembershipTerm:
    demand(can_run_desk(by.user, term.membership.group), DESK_ONLY)
    hold(Membership.objects.all(), term.membership_id)
    return hold(MembershipTerm.objects.select_related("membership__group", "membership__user"), term.pk)
