"""Who acts, and by which way they came: what every action is told and every audit event keeps."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from foundation.audit.models import Via


@dataclass(frozen=True, slots=True)
class Actor:
    """A person (None: the machine itself) and the way they came in.

    `Via.DESK` is said where the desk writes down what somebody else told it.
    """

    # This floor knows no app: the person is whatever AUTH_USER_MODEL names.
    user: Any
    via: Via = Via.LOGIN

    @classmethod
    def of(cls, request: HttpRequest) -> "Actor":
        """Whoever sits at this page: the person of its personal link, or who is logged in."""
        found = getattr(request, "actor", None)
        return found if found is not None else cls(request.user)

    @classmethod
    def asking(cls, request: HttpRequest) -> "Actor":
        """The same of a request that may be a stranger's, or that nobody was yet found for."""
        found = getattr(request, "actor", None)
        user = getattr(request, "user", None)
        return found or cls(user if user is not None and user.is_authenticated else None)

    def at_the_desk(self) -> "Actor":
        return Actor(self.user, Via.DESK)


SYSTEM = Actor(None, Via.SYSTEM)
