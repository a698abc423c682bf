"""One reply as a whole: what is asked of a person, what is stored, and what the two are compared by."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from meetings.models import Reply, Survey
from meetings.survey.section import TAKEN_AWAY, Asked, Content, Section
from meetings.survey.sections import SECTIONS
from members.models import Membership

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Questionnaire:
    """What a survey asks of one person, section by section."""

    survey: Survey
    membership: Membership
    parts: tuple[tuple[Section, Asked], ...]

    def __iter__(self) -> Iterator[tuple[Section, Asked]]:
        return iter(self.parts)

    def refusal(self, content: Content) -> "StrOrPromise":
        """Why this reply is not taken; nothing where everything in it was asked."""
        asked = {section.kind: (section, what) for section, what in self}
        if not content.keys() <= asked.keys():
            return TAKEN_AWAY
        refusals = (asked[kind][0].refusal(part, asked[kind][1]) for kind, part in content.items())
        return next((sentence for sentence in refusals if sentence), "")

    def words(self, content: Content | None) -> list[tuple[str, str]]:
        """A reply as a list of label and text."""
        if content is None:
            return []
        return [
            pair
            for section, what in self
            if section.kind in content
            for pair in section.words(content[section.kind], what)
        ]

    def words_of(self, reply: Reply | None) -> list[tuple[str, str]]:
        """All that a reply says, also to what is asked no more."""
        if reply is None or not reply.stands:
            return []
        past = [pair for section, what in self for pair in section.past(reply, what)]
        return self.words(content_of(reply)) + past


def questionnaire(survey: Survey, membership: Membership, *, by_desk: bool = False) -> Questionnaire:
    """Of a survey from `Survey.objects.for_person()`."""
    sections = [SECTIONS[kind] for kind in survey.kinds if kind in SECTIONS]
    asked = (Asked(survey, membership, section.targets(survey, membership), by_desk) for section in sections)
    return Questionnaire(survey, membership, tuple(zip(sections, asked, strict=True)))


def content_of(reply: Reply | None, kinds: Iterable[str] = SECTIONS) -> Content | None:
    """The reply as it is stored, of one from `Reply.objects.whole()`; one that was withdrawn says nothing."""
    if reply is None or not reply.stands:
        return None
    return {kind: SECTIONS[kind].stored(reply) for kind in kinds}


def kept_of(reply: Reply | None) -> Content:
    """What of a withdrawn reply stands all the same, and is shown to its person when they answer anew."""
    if reply is None or reply.stands:
        return {}
    return {kind: section.stored(reply) for kind, section in SECTIONS.items() if section.outlives}


def changes(before: Content | None, after: Content) -> list[str]:
    """The names of what is different, as the audit log tells them."""
    known = before or {}
    return [name for kind, part in after.items() for name in SECTIONS[kind].changed(known.get(kind), part)]


def wants_receipt(before: Content | None, after: Content) -> bool:
    known = before or {}
    return any(SECTIONS[kind].wants_receipt(known.get(kind), part) for kind, part in after.items())
