"""Showing again who one is. Ending sessions: one's own, one or all others; all of a person by an administrator."""

from allauth.usersessions.models import UserSession

from foundation.actions import Actor, action, demand, record
from members import sessions
from members.models import User
from members.policy import ADMINISTRATORS_ONLY, can_administrate


@action
def show_again(*, by: Actor) -> None:
    """Whoever then gave a right, or changed how they log in, was asked."""
    record(by=by, action="members.show_again", target=by.user)


@action
def end_session(*, session: UserSession, by: Actor) -> None:
    device = sessions.device(session.user_agent)
    sessions.end(UserSession.objects.filter(pk=session.pk, user_id=by.user.pk))
    record(by=by, action="members.end_session", target=by.user, device=device)


@action
def end_other_sessions(*, by: Actor, keep: str | None) -> int:
    ended = sessions.end_all(by.user, but=keep)
    record(by=by, action="members.end_other_sessions", target=by.user, ended=ended)
    return ended


@action
def end_sessions(*, person: User, by: Actor) -> int:
    demand(can_administrate(by.user), ADMINISTRATORS_ONLY)
    ended = sessions.end_all(person)
    record(by=by, action="members.end_sessions", target=person, ended=ended)
    return ended
