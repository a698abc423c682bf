"""Who may, and when: one function per question, asked by the action (which decides) and by the page."""

from django.core.exceptions import PermissionDenied

from members.models import WorkingGroup


def demand(allowed: bool) -> None:
    """Pages offer only what is allowed: whoever is refused here wrote the request by hand, or was too late."""
    if not allowed:
        raise PermissionDenied


def can_administrate(user) -> bool:
    return user.is_authenticated and user.is_administrator


def can_run_desk(user, group: WorkingGroup) -> bool:
    return user.is_authenticated and WorkingGroup.objects.run_by(user).filter(pk=group.pk).exists()
