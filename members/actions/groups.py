"""Groups, the right to run their desks, and the town hall itself."""

from django.db import transaction

from foundation.audit import trail
from foundation.audit.models import Via
from members.actions.rows import shorten, write
from members.models import DeskGrant, Municipality, User, WorkingGroup
from members.policy import can_administrate, demand


@transaction.atomic
def add_group(*, by, via: str = Via.LOGIN, **fields) -> WorkingGroup:
    demand(can_administrate(by))
    group = WorkingGroup()
    write(group, **fields)
    trail.record(by=by, via=via, deed="members.add_group", target=group)
    return group


@transaction.atomic
def change_group(*, group: WorkingGroup, by, **fields) -> WorkingGroup:
    demand(can_administrate(by))
    group = WorkingGroup.objects.select_for_update().get(pk=group.pk)
    changes = write(group, **fields)
    trail.record(by=by, deed="members.change_group", target=group, **changes)
    return group


@transaction.atomic
def grant_desk(*, group: WorkingGroup, user: User, by, valid_from, valid_to=None) -> DeskGrant:
    demand(can_administrate(by))
    grant = DeskGrant(group=group)
    write(grant, user=user, valid_from=valid_from, valid_to=valid_to)
    trail.record(by=by, deed="members.grant_desk", target=group, user=str(user), valid_from=valid_from)
    return grant


@transaction.atomic
def end_grant(*, grant: DeskGrant, by, valid_to) -> DeskGrant:
    demand(can_administrate(by))
    grant = DeskGrant.objects.select_for_update().get(pk=grant.pk)
    shorten(grant, to=valid_to)
    trail.record(by=by, deed="members.end_grant", target=grant.group, user=str(grant.user), valid_to=valid_to)
    return grant


@transaction.atomic
def change_municipality(*, by, boundary=None, **fields) -> Municipality:
    """Of the boundary the trail says only that there is a new one: it may be a megabyte of coordinates."""
    demand(can_administrate(by))
    town = Municipality.objects.select_for_update().first() or Municipality()
    if boundary is not None:
        town.boundary = boundary
    changes = write(town, **fields)
    trail.record(
        by=by, deed="members.change_municipality", target=town, new_boundary=boundary is not None, **changes
    )
    return town
