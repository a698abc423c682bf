"""The rules about two parties, each said once: asked by querysets, policies, todo lists, mails and pages."""

from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import Combinable

from members.models import Anybody, DeskGrant, MembershipTerm, User, WorkingGroup
from members.models.terms import DatedQuerySet, Day
from members.models.user import UserQuerySet
from members.states import COUNTED


def runs_desk(user: Anybody, group_id: int) -> bool:
    """Whoever holds a grant today; apart from how that person is counted."""
    return user.is_authenticated and WorkingGroup.objects.run_by(user).filter(pk=group_id).exists()


def takes_part(user: User, *, day: Day, group: Combinable | int) -> Exists:
    """Whether the person has a term in the group on that day, in whatever category.

    The day is the meeting's, not today: who comes on 1 April is called in March, who leaves is not.
    """
    return Exists(_terms(user, day, group))


def is_asked(user: User, *, day: Day, group: Combinable | int) -> Exists:
    """Whether the survey of a meeting on that day asks this person: those who take part and are counted."""
    return Exists(_terms(user, day, group).filter(category__in=COUNTED))


def _terms(user: User, day: Day, group: Combinable | int) -> DatedQuerySet[MembershipTerm]:
    return MembershipTerm.objects.on(day).filter(membership__group=group, membership__user_id=user.pk)


def reviewers() -> UserQuerySet:
    """Who reviews data sets: the data stewards, and whoever runs a desk today.

    Also where they made the data set themselves: a small town has one person for both. What is asked of
    everybody is the recorded check by the head of section, and the audit log names who approved.
    """
    granted = DeskGrant.objects.current().filter(user_id=OuterRef("pk"))
    return User.objects.filter(Q(is_data_steward=True) | Exists(granted), is_active=True).order_by("pk")


def reviews(user: Anybody) -> bool:
    return user.is_authenticated and reviewers().filter(pk=user.pk).exists()
