"""Who may, and when: one function per question, asked by the action (which decides) and by the page."""

from django.core.exceptions import PermissionDenied

from members import rules
from members.models import Membership, WorkingGroup


def demand(allowed: bool) -> None:
    """Pages offer only what is allowed: whoever is refused here wrote the request by hand, or was too late."""
    if not allowed:
        raise PermissionDenied


def can_administrate(user) -> bool:
    return user.is_authenticated and user.is_administrator


def can_run_desk(user, group: WorkingGroup) -> bool:
    return rules.runs_desk(user, group.pk)


def can_edit_sheet(user, membership: Membership) -> bool:
    """One's own, while one takes part; what was said stays readable afterwards."""
    return membership.user_id == user.pk and membership.terms.current().exists()


def can_read_roster(user, group: WorkingGroup) -> bool:
    """The group's people of today, its desk, and who names the desk."""
    inside = user.is_authenticated and WorkingGroup.objects.inside_for(user).filter(pk=group.pk).exists()
    return inside or can_administrate(user)
