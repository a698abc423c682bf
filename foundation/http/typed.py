"""What a person typed into a form that could not be taken: kept, shown, sent again."""

import re
from dataclasses import asdict, dataclass
from typing import Self

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

SECRET = re.compile(r"passw|secret|csrfmiddlewaretoken|otp", re.IGNORECASE)
SESSION_KEY = "typed"
# Whose login had ended as they pressed the button, where that is known.
WRITER_KEY = "typed_by"
# Enough for any of our forms; the session of somebody not logged in is no place for more.
MOST_CHARACTERS = 100_000


@dataclass(frozen=True)
class Typed:
    path: str
    fields: list[tuple[str, str]]
    # Files cannot be kept in a page: (field, name) to be chosen again.
    files: list[tuple[str, str]]
    # Without its passwords a form cannot be sent again as it was.
    complete: bool

    @classmethod
    def of(cls, request: HttpRequest) -> Self:
        names = [name for name in request.POST if not SECRET.search(name)]
        return cls(
            path=request.get_full_path(),
            fields=[(name, value) for name in names for value in request.POST.getlist(name)],
            files=[(name, file.name or "") for name in request.FILES for file in request.FILES.getlist(name)],
            complete=set(request.POST) - set(names) <= {"csrfmiddlewaretoken"},
        )

    @property
    def sentences(self) -> list[str]:
        """The values a person wrote, as far as they can be told from those that a page wrote."""
        return [value for _, value in self.fields if not value.isascii() or re.search(r"\s", value)]

    def keep(self, session: SessionBase) -> bool:
        """Put into the session, unless it is too much; a later login takes it along."""
        if sum(len(name) + len(value) for name, value in self.fields) > MOST_CHARACTERS:
            return False
        session[SESSION_KEY] = asdict(self)
        return True

    @classmethod
    def kept(cls, session: SessionBase) -> Self | None:
        kept = session.get(SESSION_KEY)
        return cls(**kept) if kept else None

    @classmethod
    def waiting(cls, request: HttpRequest) -> Self | None:
        """What waits for this person; at a shared computer the next to log in may be another."""
        writer = request.session.get(WRITER_KEY)
        if writer is not None and writer != str(request.user.pk):
            request.session.pop(SESSION_KEY, None)
            return None
        return cls.kept(request.session)

    @classmethod
    def drop(cls, session: SessionBase, path: str) -> None:
        """What was sent again is not kept any longer."""
        kept = cls.kept(session)
        if kept and kept.path == path:
            del session[SESSION_KEY]
