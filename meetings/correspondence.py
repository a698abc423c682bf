"""The desk's page of letters: per person what became of the last, and who still has to be told."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Min
from django.utils.translation import gettext_lazy as _

from foundation.mail.message import fill
from foundation.mail.states import EmailState
from foundation.ui import qr
from meetings import emails
from meetings.dates import letters_of_dates
from meetings.letters import Reader, about, called, not_told, readers, shared_by_all, without_news
from meetings.models import DatePoll, DateReply, Letter, Meeting, ReplyDraft
from meetings.states import MeetingState
from members.links import slip
from members.models import Membership, PersonalLink
from members.states import Channel, Purpose

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# What a letter says beside the meeting.
OF_ITS_OWN = ("reason", "count", "news", "replaces", "without_a_day", "changed", "in_short")
NOT_WRITTEN = _("未送信")
TO_HAND_OUT, HANDED_OUT = _("紙：未配布"), _("紙：配布済み")
DRAFTED, ANSWERED, TO_CONFIRM = _("下書きあり"), _("回答済み"), _("再確認待ち")


@dataclass(frozen=True)
class Addressee:
    """One person: the last letter, what became of it, and how far the answer is."""

    reader: Reader
    letter: Letter | None
    answer: "StrOrPromise"

    @property
    def state(self) -> "StrOrPromise":
        if self.letter is None:
            return NOT_WRITTEN
        if self.letter.by_paper:
            return HANDED_OUT if self.letter.handed_at else TO_HAND_OUT
        email = self.letter.email
        return email.state.label if email else EmailState.SENT.label


@dataclass(frozen=True)
class Correspondence:
    lines: list[Addressee]
    not_told: list[Reader]
    # Who does not know of all materials; telling them is up to the desk.
    without_news: list[Reader]
    # Whose letter of candidate days was taken back, or who joined since.
    not_asked: list[Reader]
    # When the first of those that wait leaves.
    leaves_at: datetime | None

    @property
    def waiting(self) -> list[Letter]:
        """Emails that can be taken back."""
        found = [letter for line in self.lines for letter in line.reader.waiting]
        return [letter for letter in found if not letter.by_paper]

    @property
    def papers(self) -> list[Addressee]:
        """Every paper that is still to be handed out; a person may have two."""
        waiting = ((line, letter) for line in self.lines for letter in line.reader.waiting)
        return [replace(line, letter=letter) for line, letter in waiting if letter.by_paper]

    @property
    def undelivered(self) -> list[Addressee]:
        return [line for line in self.lines if line.reader.has_not_arrived]

    @property
    def counts(self) -> list[tuple["StrOrPromise", int]]:
        return list(Counter(line.state for line in self.lines).items())


def of(meeting: Meeting) -> Correspondence:
    found = called(meeting) if meeting.state == MeetingState.CANCELLED else readers(meeting)
    drafted = set(ReplyDraft.objects.filter(survey__meeting=meeting).values_list("membership", flat=True))
    answers = _answers_to_dates(meeting) if meeting.state == MeetingState.DRAFT else {}
    lines = [
        Addressee(reader, _last(reader), answers.get(reader.person.pk) or _answer(reader, meeting, drafted))
        for reader in found
    ]
    leaves_at = (
        Letter.objects.waiting().filter(meeting=meeting).aggregate(first=Min("email__job__due_at"))["first"]
    )
    silent = [reader for reader in found if reader.person.pk not in answers]
    return Correspondence(
        lines, not_told(meeting, found), without_news(meeting, found), _not_asked(meeting, silent), leaves_at
    )


def _not_asked(meeting: Meeting, silent: list[Reader]) -> list[Reader]:
    if meeting.state != MeetingState.DRAFT or not DatePoll.objects.open().filter(meeting=meeting).exists():
        return []
    return [reader for reader in silent if not letters_of_dates(reader)]


class PaperLetter(NamedTuple):
    """A letter for somebody whom no mail reaches: the words of the email, and how its reader comes to the page."""

    person: Membership
    subject: str
    text: str
    code: str
    picture: str


def papers(meeting: Meeting, lines: Iterable[Addressee] | None = None) -> list[PaperLetter]:
    """Those that were not handed out yet, or these of them: text and picture of each are made anew."""
    shared = shared_by_all(meeting)
    links = PersonalLink.objects.filter(membership__group=meeting.group, purpose=Purpose.MEETING)
    of_person = {link.membership_id: link for link in links}
    found = []
    for line in of(meeting).papers if lines is None else lines:
        person, link = line.reader.person, of_person.get(line.reader.person.pk)
        assert line.letter, "it is the paper itself"
        told = about(meeting, line.reader, **shared)
        told |= {"link": link, "by_paper": True, **{name: line.letter.facts.get(name) for name in OF_ITS_OWN}}
        subject, text = emails.text(line.letter.kind, meeting=meeting, membership=person, **told)
        code, picture = _way_in(link) if link else ("", "")
        found.append(PaperLetter(person, subject, fill(text, person.user), code, picture))
    return found


def _way_in(link: PersonalLink) -> tuple[str, str]:
    way = slip(link)
    return way["code"], qr.picture(way["address"])


def _last(reader: Reader) -> Letter | None:
    return reader.letters[-1] if reader.letters else None


def _answer(reader: Reader, meeting: Meeting, drafted: set[int]) -> "StrOrPromise":
    if reader.has_answered(meeting):
        return ANSWERED
    if reader.reply is not None:
        return TO_CONFIRM
    return DRAFTED if reader.person.pk in drafted else ""


def _answers_to_dates(meeting: Meeting) -> dict[int, "StrOrPromise"]:
    """Before the call there is nothing else that could be answered."""
    answered = DateReply.objects.answered().filter(poll__meeting=meeting)
    return dict.fromkeys(answered.values_list("membership", flat=True), ANSWERED)


def by_groupware(meeting: Meeting) -> list[tuple[Membership, dict[str, str]]]:
    """Whom no mail reaches but a message of the groupware, with the way to their page. None before the call."""
    people = meeting.asked().select_related("user").filter(user__channel=Channel.GROUPWARE).in_roster_order()
    links = PersonalLink.objects.filter(membership__in=people, purpose=Purpose.MEETING)
    of_person = {link.membership_id: link for link in links}
    return [(person, slip(of_person[person.pk])) for person in people if person.pk in of_person]
