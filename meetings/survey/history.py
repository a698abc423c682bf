"""What a reply said each time it was given or changed, for the desk and for whoever gave it."""

from typing import NamedTuple

from meetings.models import Reply, ReplyRevision
from meetings.survey.content import Questionnaire


class Entry(NamedTuple):
    revision: ReplyRevision
    # Label and text of what is different from the revision before; of the first one, and of the first after a
    # withdrawal, all of it.
    words: list[tuple[str, str]]


def history(reply: Reply | None, asks: Questionnaire) -> list[Entry]:
    """The newest first."""
    if reply is None:
        return []
    found: list[Entry] = []
    before: set[tuple[str, str]] = set()
    for revision in reply.revisions.select_related("by").order_by("number"):
        words = asks.words(revision.content)
        found.append(Entry(revision, [pair for pair in words if pair not in before]))
        before = set(words)
    return found[::-1]
