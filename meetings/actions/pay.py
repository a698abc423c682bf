"""By which rules a group's people are paid for coming."""

from typing import Any

from django.utils.translation import gettext as _

from foundation.actions import Actor, action, demand, hold, record, refuse_stale, write
from meetings.models import PayRules
from members.models import WorkingGroup
from members.policy import can_run_desk


@action
def edit_pay_rules(*, group: WorkingGroup, by: Actor, seen: int = 0, **rules: Any) -> PayRules:
    """What was paid already is not known here: the list follows the rules of now."""
    group = hold(WorkingGroup.objects.all(), group.pk)
    demand(can_run_desk(by.user, group), _("報償費の決まりは、事務局の担当者だけが変更できます。"))
    found = PayRules.objects.filter(group=group).first() or PayRules(group=group)
    if found.pk:
        refuse_stale(found, seen, rules)
    changes = write(found, **rules)
    record(by=by, action="meetings.edit_pay_rules", target=found, **changes)
    return found
