"""The desk's page of letters: per person what became of the last, and who still has to be told."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    FilteredRelation,
    Max,
    Min,
    OuterRef,
    Q,
    TextField,
)
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from foundation.db import clock
from foundation.jobs.models import Job
from foundation.mail.message import fill
from foundation.mail.models import Email
from foundation.mail.states import EmailState
from foundation.ui import qr
from meetings import emails, letters
from meetings.dates import letters_of_dates
from meetings.letters import Reader, about, readers, shared_by_all
from meetings.models import DatePoll, DateReply, Letter, Meeting, Reply, ReplyDraft, Survey
from meetings.states import MeetingState
from members.links import slip
from members.models import Membership, PersonalLink
from members.models.membership import MembershipQuerySet
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
class Alike:
    """People to whom the same was written and who have said as much: what is so of one is so of all of them."""

    # Of one of them, without the rows that are their own.
    reader: Reader
    answer: "StrOrPromise"
    has_address: bool
    # In the order of the roster.
    people: list[int]

    @property
    def state(self) -> "StrOrPromise":
        return Addressee(self.reader, _last(self.reader), self.answer).state

    @property
    def papers(self) -> int:
        """How many each of them has still to be given."""
        return sum(letter.by_paper for letter in self.reader.waiting)

    @property
    def no_mail_reaches(self) -> bool:
        return self.reader.has_not_arrived or not self.has_address


@dataclass(frozen=True)
class Some:
    """How many people, and those of them whom a page names."""

    count: int
    named: list[Membership]

    def __len__(self) -> int:
        return self.count

    @property
    def has_more(self) -> bool:
        return self.count > len(self.named)


@dataclass(frozen=True)
class Correspondence:
    meeting: Meeting
    alike: list[Alike]
    # In the order of the roster.
    people: list[int]
    not_told: Some
    # Who does not know of all materials; telling them is up to the desk.
    without_news: int
    # How many have no letter of candidate days: theirs was taken back, or they joined since.
    not_asked: int
    undelivered: Some
    # Emails that can be taken back: how many, the last of them, and when the first leaves.
    waiting: int
    last: int | None
    leaves_at: datetime | None

    @property
    def counts(self) -> list[tuple["StrOrPromise", int]]:
        found: Counter[StrOrPromise] = Counter()
        for each in self.alike:
            found[str(each.state)] += len(each.people)
        return list(found.items())

    @property
    def has_letters(self) -> bool:
        return any(each.reader.letters for each in self.alike)

    @property
    def stays_untold(self) -> bool:
        """Somebody whom no letter reached, and of a meeting that is over nobody is told any more."""
        return self.meeting.state == MeetingState.HELD and any(not each.reader.letters for each in self.alike)

    @property
    def papers(self) -> list[tuple[int, int]]:
        """Each that is still to be handed out: its reader, who may have two, and which of theirs it is."""
        many = {pk: each.papers for each in self.alike if each.papers for pk in each.people}
        return [(pk, place) for pk in self.people for place in range(many.get(pk, 0))]

    def lines(self, people: Iterable[int]) -> dict[int, Addressee]:
        """What a page tells of each of these."""
        asked = set(people)
        answers = {pk: each.answer for each in self.alike for pk in each.people if pk in asked}
        found = readers(self.meeting, _named(self.meeting, asked).values())
        return {each.person.pk: Addressee(each, _last(each), answers[each.person.pk]) for each in found}

    def on_paper(self, papers: Sequence[tuple[int, int]], lines: dict[int, Addressee]) -> list[Addressee]:
        """The same of these papers."""
        waiting = {pk: [each for each in line.reader.waiting if each.by_paper] for pk, line in lines.items()}
        return [replace(lines[pk], letter=waiting[pk][place]) for pk, place in papers]


# How many a page names of whom it tells the number.
NAMED = 50


def of(meeting: Meeting) -> Correspondence:
    """Of thousands it is looked at what tells them apart, and people are made of those whom the page names."""
    order, alike = _told_apart(meeting)
    place = {pk: number for number, pk in enumerate(order)}
    not_told, without_news = (
        {id(reader) for reader in which(meeting, [each.reader for each in alike])}
        for which in (letters.not_told, letters.without_news)
    )

    def among(chosen: Callable[[Alike], bool]) -> list[int]:
        return sorted((pk for each in alike if chosen(each) for pk in each.people), key=place.__getitem__)

    silent = among(lambda each: id(each.reader) in not_told)
    lost = among(lambda each: each.reader.needs_a_call(meeting))
    people = _named(meeting, {*silent[:NAMED], *lost[:NAMED]}) if silent or lost else {}
    own = Letter.objects.waiting().filter(meeting=meeting, by_paper=False)
    in_house = own.aggregate(waiting=Count("pk"), last=Max("pk"), leaves_at=Min("email__job__due_at"))
    return Correspondence(
        meeting,
        alike,
        order,
        not_told=Some(len(silent), [people[pk] for pk in silent[:NAMED]]),
        without_news=len(among(lambda each: id(each.reader) in without_news)),
        not_asked=len(among(_was_not_asked)) if _asks_for_days(meeting) else 0,
        undelivered=Some(len(lost), [people[pk] for pk in lost[:NAMED]]),
        **in_house,
    )


def _asks_for_days(meeting: Meeting) -> bool:
    return meeting.state == MeetingState.DRAFT and DatePoll.objects.open().filter(meeting=meeting).exists()


def _was_not_asked(each: Alike) -> bool:
    return each.answer != ANSWERED and not letters_of_dates(each.reader)


def _told_apart(meeting: Meeting) -> tuple[list[int], list[Alike]]:
    """Everybody in the order of the roster, and those together of whom the same is to be said."""
    written: dict[int, list[Any]] = defaultdict(list)
    rows = Letter.objects.standing().filter(meeting=meeting).order_by("id")
    words = Cast("facts", TextField())
    for pk, *letter in rows.values_list("membership", "kind", "by_paper", "handed_at", "email__job__state", words):
        written[pk].append((*letter[:2], letter[2] is not None, *letter[3:]))
    survey = getattr(meeting, "survey", None)
    answers = _answers_to_dates(meeting) if meeting.state == MeetingState.DRAFT else set()
    found: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    order = []
    for pk, address, *said in chain.from_iterable(_said(meeting, survey, each) for each in _asked(meeting)):
        order.append(pk)
        found[bool(address), pk in answers, tuple(written[pk]), *said].append(pk)
    return order, [_alike(meeting, survey, key, people) for key, people in found.items()]


def _asked(meeting: Meeting) -> list[MembershipQuerySet]:
    """Those who are asked; of a meeting that is called off all who were written to, who take part first."""
    if meeting.state != MeetingState.CANCELLED:
        return [meeting.asked().in_roster_order()]
    letters_of = Letter.objects.standing().filter(meeting=meeting).values("membership")
    people = meeting.group.memberships.filter(pk__in=letters_of)
    present = people.on(meeting.day)
    return [present.in_roster_order(), people.exclude(pk__in=present.values("pk")).order_by("pk")]


def _said(meeting: Meeting, survey: Survey | None, people: MembershipQuerySet) -> Any:
    reply = FilteredRelation("replies", condition=Q(replies__survey=survey))
    extension = FilteredRelation("extensions", condition=Q(extensions__survey=survey))
    drafts = ReplyDraft.objects.filter(survey=survey, membership=OuterRef("pk"))
    told = people.with_address().annotate(reply=reply, extension=extension, is_drafted=Exists(drafts))
    stands = ExpressionWrapper(Q(reply__withdrawn_at=None), BooleanField())
    own = ("reply__mode", stands, "reply__said_for", "extension__until", "extension__version", "is_drafted")
    return told.values_list("pk", "address", *own)


def _alike(meeting: Meeting, survey: Survey | None, key: tuple[Any, ...], people: list[int]) -> Alike:
    has_address, answered_dates, written, mode, stands, said_for, until, version, is_drafted = key
    reader = Reader(Membership(pk=people[0]), closes_at=survey.closes_at if survey else None)
    for kind, by_paper, was_handed, state, facts in written:
        email = Email(job=Job(state=state)) if state else None
        handed_at = clock.now() if was_handed else None
        letter = Letter(kind=kind, by_paper=by_paper, handed_at=handed_at, email=email, facts=json.loads(facts))
        reader.letters.append(letter)
    if mode is not None:
        reader.row = Reply(mode=mode, said_for=said_for, withdrawn_at=None if stands else clock.now())
    if until:
        reader.extend(until, version)
    answer = ANSWERED if answered_dates else _answer(reader, meeting, is_drafted=is_drafted)
    return Alike(reader, answer, has_address, people)


def _named(meeting: Meeting, people: Collection[int]) -> dict[int, Membership]:
    """With section and title as of the day; of who left the group, without."""
    own = meeting.group.memberships.select_related("user")
    found = own.on(meeting.day).in_bulk(people)
    gone = [pk for pk in people if pk not in found]
    return found | own.in_bulk(gone) if gone else found


class PaperLetter(NamedTuple):
    """A letter for somebody whom no mail reaches: the words of the email, and how its reader comes to the page."""

    person: Membership
    subject: str
    text: str
    code: str
    picture: str


def papers(told: Correspondence, which: Sequence[tuple[int, int]]) -> list[PaperLetter]:
    """Of those that were not handed out yet, these: text and picture of each are made anew."""
    meeting = told.meeting
    shared = shared_by_all(meeting) | {"desk_of": meeting.group.desk_of}
    links = PersonalLink.objects.filter(membership__group=meeting.group, purpose=Purpose.MEETING)
    of_person = {link.membership_id: link for link in links}
    found = []
    for line in told.on_paper(which, told.lines(pk for pk, _place in which)):
        person, link = line.reader.person, of_person.get(line.reader.person.pk)
        assert line.letter, "it is the paper itself"
        said = about(meeting, line.reader, **shared)
        said |= {"link": link, "by_paper": True, **{name: line.letter.facts.get(name) for name in OF_ITS_OWN}}
        subject, text = emails.text(line.letter.kind, meeting=meeting, membership=person, **said)
        code, picture = _way_in(link) if link else ("", "")
        found.append(PaperLetter(person, subject, fill(text, person.user), code, picture))
    return found


def _way_in(link: PersonalLink) -> tuple[str, str]:
    way = slip(link)
    return way["code"], qr.picture(way["address"])


def _last(reader: Reader) -> Letter | None:
    return reader.letters[-1] if reader.letters else None


def _answer(reader: Reader, meeting: Meeting, *, is_drafted: bool) -> "StrOrPromise":
    if reader.has_answered(meeting):
        return ANSWERED
    if reader.reply is not None:
        return TO_CONFIRM
    return DRAFTED if is_drafted else ""


def _answers_to_dates(meeting: Meeting) -> set[int]:
    """Before the call there is nothing else that could be answered."""
    answered = DateReply.objects.answered().filter(poll__meeting=meeting)
    return set(answered.values_list("membership", flat=True))


def by_groupware(meeting: Meeting) -> list[tuple[Membership, dict[str, str]]]:
    """Whom no mail reaches but a message of the groupware, with the way to their page. None before the call."""
    people = meeting.asked().select_related("user").filter(user__channel=Channel.GROUPWARE).in_roster_order()
    links = PersonalLink.objects.filter(membership__in=people, purpose=Purpose.MEETING)
    of_person = {link.membership_id: link for link in links}
    return [(person, slip(of_person[person.pk])) for person in people if person.pk in of_person]
