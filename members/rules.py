"""The rules about two parties, each said once: asked by querysets, policies, todo lists, mails and pages."""

from django.db.models import Exists, OuterRef, Q, QuerySet
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


def reviewers(group: int | None) -> UserQuerySet:
    """Who is named to review the data that a group's assignment asked for, or that none did: the town's data
    stewards, and of the group's own desk who is named on the grant.
    """
    named = DeskGrant.objects.current().filter(user_id=OuterRef("pk"), reviews_data=True, group_id=group)
    return User.objects.filter(Q(is_data_steward=True) | Exists(named), is_active=True).order_by("pk")


def groups_reviewed_by(user: User) -> QuerySet[DeskGrant, int]:
    """The groups of whose data this person is named a reviewer today."""
    return DeskGrant.objects.current().filter(user=user, reviews_data=True).values_list("group", flat=True)


def reviews(user: Anybody) -> bool:
    """Anything at all."""
    if not user.is_authenticated or not user.is_active:
        return False
    return user.is_data_steward or groups_reviewed_by(user).exists()
