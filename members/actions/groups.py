"""Groups, and the right to run their desks."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from foundation.actions import Actor, action, demand, hold, record, refuse_stale, write
from members import emails
from members.actions._dated import shorten
from members.actions.group_rules import inherit
from members.models import DeskGrant, User, WorkingGroup
from members.policy import ADMINISTRATORS_ONLY, can_administrate
from members.taken_back import note_days, note_group

HAS_NEXT = _("翌年度の会議体は、既に作成されています。")


@action
def add_group(*, by: Actor, **fields: Any) -> WorkingGroup:
    demand(can_administrate(by.user), ADMINISTRATORS_ONLY)
    group = WorkingGroup()
    write(group, **fields)
    record(by=by, action="members.add_group", target=group)
    return group


@action
def add_next_group(*, predecessor: WorkingGroup, by: Actor, **fields: Any) -> WorkingGroup:
    """The same body in its next year, by the same rules. Of its people the new desk takes over whom it ticks."""
    demand(can_administrate(by.user), ADMINISTRATORS_ONLY)
    predecessor = hold(WorkingGroup.objects.all(), predecessor.pk)
    if predecessor.successors.exists():
        raise ValidationError(HAS_NEXT)
    group = add_group(by=by, predecessor=predecessor, **fields)
    rules = inherit(group, predecessor)
    record(by=by, action="members.add_next_group", target=predecessor, successor=group.with_year, rules=rules)
    return group


@action
def edit_group(*, group: WorkingGroup, by: Actor, seen: int, **fields: Any) -> WorkingGroup:
    demand(can_administrate(by.user), ADMINISTRATORS_ONLY)
    group = hold(WorkingGroup.objects.all(), group.pk)
    refuse_stale(group, seen)
    changes = write(group, **fields)
    note_group(group, changes)
    record(by=by, action="members.edit_group", target=group, **changes)
    return group


@action
def grant_desk(
    *,
    group: WorkingGroup,
    user: User,
    by: Actor,
    valid_from: date,
    valid_to: date | None = None,
    reviews_data: bool = False,
) -> DeskGrant:
    demand(can_administrate(by.user), ADMINISTRATORS_ONLY)
    grant = DeskGrant(group=group)
    write(grant, user=user, valid_from=valid_from, valid_to=valid_to, reviews_data=reviews_data)
    record(by=by, action="members.grant_desk", target=group, user=str(user), valid_from=valid_from)
    emails.tell_of_grant(grant)
    return grant


@action
def name_reviewer(*, grant: DeskGrant, by: Actor, reviews_data: bool) -> DeskGrant:
    """Name whoever runs the desk a reviewer of the data of the group's assignments, or take that back."""
    demand(can_administrate(by.user), ADMINISTRATORS_ONLY)
    grant = hold(DeskGrant.objects.select_related("group", "user"), grant.pk)
    if write(grant, reviews_data=reviews_data):
        note_days(grant, "grant", reviews_data=reviews_data)
        record(
            by=by, action="members.name_reviewer", target=grant.group, user=str(grant.user), reviews=reviews_data
        )
    return grant


@action
def end_grant(*, grant: DeskGrant, by: Actor, valid_to: date) -> DeskGrant:
    demand(can_administrate(by.user), ADMINISTRATORS_ONLY)
    grant = hold(DeskGrant.objects.select_related("group", "user"), grant.pk)
    if shorten(grant, to=valid_to):
        note_days(grant, "grant", reviews_data=grant.reviews_data)
        record(by=by, action="members.end_grant", target=grant.group, user=str(grant.user), valid_to=valid_to)
    return grant
