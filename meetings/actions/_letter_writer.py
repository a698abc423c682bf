"""One letter after another of one meeting: what is the same in all of them is read once."""

from collections.abc import Collection, Iterable
from datetime import datetime
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

from django.conf import settings
from django.db.models import prefetch_related_objects

from foundation.actions import Actor
from foundation.db import clock
from foundation.mail import outbox
from meetings import calendar, emails
from meetings.letters import DEADLINE, Reader, about, facts_of, iso, presses, shared_by_all
from meetings.models import Letter, Meeting
from meetings.models.material import handouts
from meetings.states import LetterKind
from members import senders, unasked
from members.actions.links import personal_links
from members.models import Membership, PersonalLink
from members.states import Purpose

# Letters from which a calendar learns of the meeting, of another day, or that it is called off.
DATED = {LetterKind.ANNOUNCE, LetterKind.CHANGE, LetterKind.EVE, LetterKind.CANCEL}
# Of a letter that its reader, who was asked about days, has never heard which.
WITHOUT_A_DAY = "without_a_day"


class LetterWriter:
    """Writes letters of one meeting; what is the same in all of them is read once.

        with LetterWriter(meeting, by=by) as writer:
            writer.write(LetterKind.REMIND, reader)

    At the end of the block all of them are put into the outbox, by as many statements for three hundred people as
    for three; before it nothing is.
    """

    def __init__(self, meeting: Meeting, *, by: Actor, at_once: bool = False, **context: Any) -> None:
        self.meeting, self.by, self.context = meeting, by, context
        self.at_once = at_once
        self.moments: dict[int, datetime] = {}
        self.links: dict[int, PersonalLink] = {}
        self.prepared: set[int] = set()
        prefetch_related_objects([meeting], "items")
        self.materials = handouts(meeting)
        same = shared_by_all(meeting, self.materials)
        same.pop("listed")
        self.facts = facts_of(meeting, None)
        self.texts = emails.Texts(meeting, **same, desk_of=meeting.group.desk_of)
        self.contact = str(meeting.group.contact)
        self.calendars: dict[calendar.Own, str] = {}
        self.written: list[Letter] = []
        self.drafts: list[outbox.Outgoing | None] | None = None

    def __enter__(self) -> Self:
        self.drafts = []
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, where: TracebackType | None) -> None:
        if kind is None:
            self._post()
        self.drafts = None

    def _post(self) -> None:
        drafts = self.drafts or []
        posted = iter(outbox.enqueue_all([draft for draft in drafts if draft]))
        for letter, draft in zip(self.written, drafts, strict=True):
            letter.email = next(posted) if draft else None
        Letter.objects.bulk_create(self.written, batch_size=500)

    def prepare(self, people: Collection[Membership]) -> None:
        """Doors and moments of these, all at once. The machine makes no door: who has none logs in."""
        self.prepared |= {person.pk for person in people}
        if not self.at_once:
            own = senders.of_group(self.meeting.group)
            self.moments |= unasked.moments([person.user_id for person in people], own)
        if self.by.user is None:
            links = PersonalLink.objects.filter(membership__in=people, purpose=Purpose.MEETING)
            self.links |= {link.membership_id: link for link in links}
            return
        group = self.meeting.group
        self.links |= personal_links(group=group, people=people, purpose=Purpose.MEETING, by=self.by)

    def now(self, reader: Reader) -> dict[str, Any]:
        return self.facts | {DEADLINE: iso(reader.closes_at)}

    def write(self, kind: LetterKind, reader: Reader, **more: Any) -> Letter:
        """Also for those without an address: their paper carries the link. `more` is told, and kept as told."""
        assert self.drafts is not None, "what is written outside the block would not be put into the outbox"
        person, by_paper = reader.person, not reader.person.user.address
        letter = Letter(meeting=self.meeting, membership=person, kind=kind, by_paper=by_paper)
        letter.facts = self.now(reader) | self.context | more
        if person.pk not in self.prepared:
            self.prepare([person])
        self.drafts.append(None if by_paper else self._draft(kind, reader, more))
        self.written.append(letter)
        return letter

    def _draft(self, kind: LetterKind, reader: Reader, more: dict[str, Any]) -> outbox.Outgoing:
        own = about(self.meeting, reader, listed=self.materials) | self.context | more
        subject, body = self.texts.of(kind.value, reader.person, self.links.get(reader.person.pk), **own)
        return emails.draft(
            kind.value,
            subject,
            body,
            meeting=self.meeting,
            membership=reader.person,
            key=uuid4().hex,
            due_at=self._leaves_at(reader),
            calendar="" if WITHOUT_A_DAY in more else self._calendar(kind, reader),
        )

    def write_again(self, letter: Letter, reader: Reader) -> None:
        """One that was withdrawn because it was true no more; where nothing is left to tell, none."""
        kind = LetterKind(letter.kind)
        if kind == LetterKind.MATERIALS:
            self.write_of_materials(reader)
            return
        self.write(kind, reader)

    def write_of_materials(self, reader: Reader) -> None:
        """All that they do not know yet, in one letter."""
        if news := reader.news(self.materials):
            replaces = any(line["is_replaced"] for line in news)
            self.write(LetterKind.MATERIALS, reader, news=news, replaces=replaces)

    def write_all(self, kind: LetterKind, found: Iterable[Reader]) -> list[Letter]:
        found = list(found)
        self.prepare([reader.person for reader in found])
        with self:
            return [self.write(kind, reader) for reader in found]

    def _leaves_at(self, reader: Reader) -> datetime | None:
        """Where it cannot wait for the next morning, it leaves on a day that has brought another already."""
        if self.at_once:
            return None
        moment = self.moments[reader.person.user_id]
        return unasked.leaves_at(clock.now()) if presses(self.meeting, reader, moment) else moment

    def _calendar(self, kind: LetterKind, reader: Reader) -> str:
        """Nothing where the letter says nothing new of the day, or the town wants none."""
        if kind not in DATED or not settings.MAIL_CALENDAR:
            return ""
        own = calendar.own_as(reader.row, reader.closes_at, reader.extended)
        if own not in self.calendars:
            self.calendars[own] = calendar.file_of(self.meeting, own, contact=self.contact).decode()
        return self.calendars[own]
