"""By which rules a group's people are paid for coming."""

from typing import Any

from django.utils.translation import gettext as _

from foundation.actions import Actor, action, record
from meetings.models import PayRules
from members.actions.group_rules import settle
from members.models import WorkingGroup


@action
def edit_pay_rules(*, group: WorkingGroup, by: Actor, seen: int = 0, **rules: Any) -> PayRules:
    """What was paid already is not known here: the list follows the rules of now."""
    refusal = _("報償費の決まりは、事務局の担当者だけが変更できます。")
    found, changes = settle(PayRules, group=group, by=by, seen=seen, refusal=refusal, rules=rules)
    record(by=by, action="meetings.edit_pay_rules", target=found, **changes)
    return found
