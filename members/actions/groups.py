"""Groups, the right to run their desks, and the town hall itself."""

from foundation.actions import Actor, action, record
from members.actions.rows import shorten, write
from members.models import DeskGrant, Municipality, User, WorkingGroup
from members.policy import can_administrate, demand


@action
def add_group(*, by: Actor, **fields) -> WorkingGroup:
    demand(can_administrate(by.user))
    group = WorkingGroup()
    write(group, **fields)
    record(by=by, action="members.add_group", target=group)
    return group


@action
def change_group(*, group: WorkingGroup, by: Actor, **fields) -> WorkingGroup:
    demand(can_administrate(by.user))
    group = WorkingGroup.objects.select_for_update().get(pk=group.pk)
    changes = write(group, **fields)
    record(by=by, action="members.change_group", target=group, **changes)
    return group


@action
def grant_desk(*, group: WorkingGroup, user: User, by: Actor, valid_from, valid_to=None) -> DeskGrant:
    demand(can_administrate(by.user))
    grant = DeskGrant(group=group)
    write(grant, user=user, valid_from=valid_from, valid_to=valid_to)
    record(by=by, action="members.grant_desk", target=group, user=str(user), valid_from=valid_from)
    return grant


@action
def end_grant(*, grant: DeskGrant, by: Actor, valid_to) -> DeskGrant:
    demand(can_administrate(by.user))
    grant = DeskGrant.objects.select_for_update().get(pk=grant.pk)
    shorten(grant, to=valid_to)
    record(by=by, action="members.end_grant", target=grant.group, user=str(grant.user), valid_to=valid_to)
    return grant


@action
def change_municipality(*, by: Actor, boundary=None, **fields) -> Municipality:
    """Of the boundary the audit log says only that there is a new one: it may be a megabyte of coordinates."""
    demand(can_administrate(by.user))
    town = Municipality.objects.select_for_update().first() or Municipality()
    if boundary is not None:
        town.boundary = boundary
    changes = write(town, **fields)
    record(by=by, action="members.change_municipality", target=town, new_boundary=boundary is not None, **changes)
    return town
