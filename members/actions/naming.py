"""Whose name citizens read: those who agreed, as the desk has recorded it."""

from collections.abc import Collection
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from foundation.actions import Actor, action, demand, record
from foundation.db import clock
from members.models import Membership, WorkingGroup
from members.policy import DESK_ONLY, can_run_desk


@action
def set_naming(*, group: WorkingGroup, by: Actor, people: Collection[int], agreed_on: date) -> None:
    """These have agreed, and of today's others nobody has, or not any more. Who had agreed keeps the day."""
    demand(can_run_desk(by.user, group), DESK_ONLY)
    if agreed_on > clock.today():
        raise ValidationError({"agreed_on": _("同意を得た日は、今日までの日付にしてください。")})
    today = list(group.memberships.current().counted().select_for_update(of=("self",)))
    added = [person.pk for person in today if person.pk in people and not person.named_since]
    removed = [person.pk for person in today if person.pk not in people and person.named_since]
    Membership.objects.filter(pk__in=added).update(named_since=agreed_on)
    Membership.objects.filter(pk__in=removed).update(named_since=None)
    record(by=by, action="members.set_naming", target=group, added=added, removed=removed, agreed_on=agreed_on)
