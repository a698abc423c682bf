"""The deed behind every page on which a desk settles something for its whole group."""

from typing import TYPE_CHECKING, Any, TypeVar

from django.forms.models import model_to_dict

from foundation.actions import Actor, demand, hold, refuse_stale, write
from foundation.retention import rows_of
from members.models import GroupRules, WorkingGroup
from members.policy import can_run_desk

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

R = TypeVar("R", bound=GroupRules)


def settle(
    kind: type[R], *, group: WorkingGroup, by: Actor, seen: int, refusal: "StrOrPromise", rules: dict[str, Any]
) -> tuple[R, dict[str, list[Any]]]:
    """The group's row of this kind, and what is different in it now; part of an action."""
    group = hold(WorkingGroup.objects.all(), group.pk)
    demand(can_run_desk(by.user, group), refusal)
    found = own(kind, group) or kind(group=group)
    if found.pk:
        refuse_stale(found, seen, rules)
    return found, write(found, **rules)


def own(kind: type[R], group: WorkingGroup) -> R | None:
    return rows_of(kind).filter(group=group).first()


def inherit(group: WorkingGroup, predecessor: WorkingGroup) -> list[str]:
    """What next year's group begins with, whatever floors settle; named for the log."""
    found = [rules for kind in GroupRules.__subclasses__() if (rules := own(kind, predecessor))]
    for rules in found:
        anew = type(rules)()
        anew.group = group
        write(anew, **model_to_dict(rules, exclude=["id", "group"]))
    return [rules._meta.label for rules in found]
