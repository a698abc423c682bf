"""自己紹介の順番: who introduces themselves after whom."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from foundation.actions import Actor, action, demand, hold, record
from members.models import Membership, WorkingGroup
from members.policy import DESK_ONLY, can_run_desk


@action
def move_speaker(*, membership: Membership, by: Actor, step: int) -> None:
    """One turn earlier (-1) or later (1); at either end it stays. From then on the order is the desk's own."""
    group = _lock(membership.group, by)
    people = list(group.memberships.current().counted().in_speaking_order())
    if membership not in people:
        raise ValidationError(_("現在の名簿にない方は、並べ替えられません。"))
    place = people.index(membership)
    if 0 <= place + step < len(people):
        people.insert(place + step, people.pop(place))
    for turn, person in enumerate(people, 1):
        person.speaking_order = turn
    Membership.objects.bulk_update(people, ["speaking_order"])
    record(by=by, action="members.move_speaker", target=membership, step=step)


@action
def reset_speakers(*, group: WorkingGroup, by: Actor) -> None:
    """As the roster has them."""
    group = _lock(group, by)
    group.memberships.update(speaking_order=None)
    record(by=by, action="members.reset_speakers", target=group)


def _lock(group: WorkingGroup, by: Actor) -> WorkingGroup:
    demand(can_run_desk(by.user, group), DESK_ONLY)
    return hold(WorkingGroup.objects.all(), group.pk)
