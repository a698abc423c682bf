"""Which letter a person is due: by what they were told last, and what is so now.

What has not left the house is replaced by what is true now; what has left is never repeated, only put right.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from foundation.db import clock
from foundation.jobs.states import NEEDING_A_PERSON, JobState
from meetings import notices, policy
from meetings.models import Letter, MaterialVersion, Meeting, Reply, Survey
from meetings.models.material import handouts
from meetings.states import OF_DATES, PRESENT, LetterKind, MaterialKind, MeetingState
from members.models import Membership
from members.models.membership import MembershipQuerySet

Facts = dict[str, Any]
ARRIVED = [JobState.RUNNING, JobState.DONE]
# A new one of these is told to everybody who knows the old.
WHEN_AND_WHERE = ("starts_at", "ends_at", "place")
# Told only to those who have not answered.
DEADLINE = "closes_at"
# The rest is read in a letter that has not left, and is no reason for another.
# What is asked, or said of tomorrow: written again where what it says of the meeting is true no more.
RENEWED = {LetterKind.REMIND, LetterKind.EVE, LetterKind.RESEND, LetterKind.QUESTIONS, LetterKind.MATERIALS}
# Says nothing of day, place and deadline that its reader would know then; and of the deadline alone.
TELLS_NOTHING, TELLS_DEADLINE = (
    {LetterKind.QUESTIONS, LetterKind.MATERIALS, LetterKind.IN_SHORT, *OF_DATES},
    {LetterKind.EXTEND},
)
# Whoever answers for the day that the meeting has knows what these say.
ASKED = {
    LetterKind.ANNOUNCE,
    LetterKind.CHANGE,
    LetterKind.DEADLINE,
    LetterKind.EXTEND,
    LetterKind.REMIND,
    LetterKind.RESEND,
}
# Names the materials: its reader knows these versions of them then.
MATERIALS, NAMES_MATERIALS = "materials", {LetterKind.ANNOUNCE, LetterKind.EVE, LetterKind.MATERIALS}


def facts_of(meeting: Meeting, closes_at: datetime | None) -> Facts:
    """What a letter says, as JSON. `closes_at` is the reader's own deadline."""
    return _of_day(meeting, closes_at) | {
        "theme": meeting.theme,
        "notice": _words_of_the_call(meeting),
        "items": list(meeting.items.values_list("title", flat=True)),
        MATERIALS: [[each.material_id, each.number, each.material.title] for each in handouts(meeting)],
    }


def _of_day(meeting: Meeting, closes_at: datetime | None) -> Facts:
    """Of these, what is a reason for another letter."""
    return {
        "starts_at": iso(meeting.starts_at),
        "ends_at": iso(meeting.ends_at),
        "place": meeting.place,
        DEADLINE: iso(closes_at),
    }


def _words_of_the_call(meeting: Meeting) -> list[Any] | None:
    """Their number, and which version of them; nothing where nobody wrote any."""
    return [meeting.notice.number, meeting.notice.version] if hasattr(meeting, "notice") else None


def is_true(letter: Letter, now: Facts) -> bool:
    """Whatever else it says (a reason, how many questions), it says this of the meeting."""
    said = {MATERIALS: [], **letter.facts}
    told = {name: value for name, value in now.items() if name != MATERIALS or letter.kind in NAMES_MATERIALS}
    return all(said.get(name) == value for name, value in told.items())


def moment(facts: Mapping[str, Any], name: str) -> datetime | None:
    return datetime.fromisoformat(facts[name]) if facts.get(name) else None


def due(told: Facts | None, now: Facts, *, has_answered: bool) -> LetterKind | None:
    """What has to be told to somebody who knows this much; None where nothing is different for them."""
    if told is None:
        return LetterKind.ANNOUNCE
    if any(told.get(name) != now[name] for name in WHEN_AND_WHERE):
        return LetterKind.CHANGE
    if not has_answered and told.get(DEADLINE) != now[DEADLINE]:
        return LetterKind.DEADLINE
    return None


@dataclass
class Reader:
    """One person with all that was written to them of this meeting."""

    person: Membership
    letters: list[Letter] = field(default_factory=list)
    # What they answered, also where they took it back.
    row: Reply | None = None
    closes_at: datetime | None = None
    # How often their own deadline was set.
    extended: int = 0

    def extend(self, until: datetime, version: int) -> None:
        self.closes_at = max(filter(None, (self.closes_at, until)))
        self.extended = version

    @property
    def reply(self) -> Reply | None:
        """What stands."""
        return self.row if self.row and self.row.stands else None

    @property
    def told(self) -> Facts | None:
        """What they know."""
        told: Facts | None = None
        for letter in self.letters:
            if not letter.has_reached or letter.kind in TELLS_NOTHING:
                continue
            if letter.kind in TELLS_DEADLINE:
                told = told and told | {DEADLINE: letter.facts.get(DEADLINE)}
            else:
                told = letter.facts
        return told

    @property
    def known_materials(self) -> dict[int, int]:
        """Of each material that they were told of, which version it was last."""
        named = (letter for letter in self.letters if letter.has_reached and letter.kind in NAMES_MATERIALS)
        told = (line for letter in named for line in letter.facts.get(MATERIALS, []))
        return {pk: number for pk, number, _title in told}

    def materials(self, found: Iterable[MaterialVersion]) -> list[Facts]:
        """The list as a letter to them has it."""
        known = self.known_materials
        return [
            {
                "title": f"{each.label}　{each.material.title}",
                "listed": each.listed,
                "on_paper": each.kind == MaterialKind.PAPER,
                "is_new": each.material_id not in known,
                "is_replaced": known.get(each.material_id, each.number) < each.number,
            }
            for each in found
        ]

    def news(self, found: Iterable[MaterialVersion]) -> list[Facts]:
        """Of the list what they were not told: what is new, and what was replaced since."""
        return [line for line in self.materials(found) if line["is_new"] or line["is_replaced"]]

    @property
    def waiting(self) -> list[Letter]:
        return [letter for letter in self.letters if letter.is_waiting]

    @property
    def has_heard(self) -> bool:
        """That there is a day. Nobody can tell whether a paper was handed out without a note of it."""
        return bool(self.told) or any(letter.by_paper and letter.kind not in OF_DATES for letter in self.letters)

    @property
    def knows_of_dates(self) -> bool:
        """They were asked, or may have been, on which days they can come."""
        asked = [letter for letter in self.letters if letter.kind in OF_DATES]
        return any(letter.by_paper or letter.has_reached for letter in asked)

    @property
    def is_called(self) -> bool:
        """They were written to, and somebody meant it: what has become of it, is another matter."""
        return any(letter.kind not in TELLS_NOTHING for letter in self.letters)

    @property
    def lost(self) -> list[Letter]:
        """What came back, or may have, since something last arrived."""
        found: list[Letter] = []
        for letter in self.letters:
            if letter.email and letter.email.job.state in NEEDING_A_PERSON:
                found.append(letter)
            elif (letter.email or letter.by_paper) and not letter.is_waiting:
                found.clear()
        return found

    @property
    def has_not_arrived(self) -> bool:
        return bool(self.lost)

    def needs_a_call(self, meeting: Meeting) -> bool:
        """They do not know what was lost: an answer would show that they know what was asked."""
        answered = self.has_answered(meeting)
        return any(letter.kind not in ASKED or not answered for letter in self.lost)

    def has_answered(self, meeting: Meeting) -> bool:
        return self.reply is not None and self.reply.is_for(meeting)

    def comes_to(self, meeting: Meeting) -> bool:
        return self.reply is not None and self.reply.mode in PRESENT and self.has_answered(meeting)

    def knows_of_eve(self, meeting: Meeting) -> bool:
        """That it is tomorrow: of another day they were told another eve."""
        day = iso(meeting.starts_at)
        return any(letter.kind == LetterKind.EVE and letter.facts["starts_at"] == day for letter in self.letters)

    def due(self, meeting: Meeting, now: Facts) -> LetterKind | None:
        return due(self.told, now, has_answered=self.has_answered(meeting))


def readers(meeting: Meeting, people: Iterable[Membership] | None = None) -> list[Reader]:
    """Those who are asked, or these, in the order of the roster; in a fixed number of queries."""
    survey = Survey.objects.filter(meeting=meeting).first()
    asked = meeting.asked().select_related("user").in_roster_order() if people is None else people
    found = {person.pk: Reader(person, closes_at=survey.closes_at if survey else None) for person in asked}
    for letter in Letter.objects.standing().with_email().filter(meeting=meeting, membership__in=found):
        found[letter.membership_id].letters.append(letter)
    for row in Reply.objects.filter(survey=survey, membership__in=found) if survey else ():
        found[row.membership_id].row = row
    for extension in survey.extensions.filter(membership__in=found) if survey else ():
        found[extension.membership_id].extend(extension.until, extension.version)
    return list(found.values())


def called(meeting: Meeting) -> list[Reader]:
    """Everybody who was written to, whether or not they are still asked."""
    written = Letter.objects.standing().filter(meeting=meeting).values("membership")
    people = meeting.group.memberships.filter(pk__in=written).select_related("user")
    asked = list(people.on(meeting.day).in_roster_order())
    return readers(meeting, [*asked, *people.exclude(pk__in=[person.pk for person in asked])])


def not_told(meeting: Meeting, found: Iterable[Reader]) -> list[Reader]:
    """To whom something is due that waits in no letter: who joined later, or whose letter was taken back."""
    if meeting.state != MeetingState.ANNOUNCED:
        return []
    return [
        reader
        for reader in found
        if not reader.waiting and reader.due(meeting, _of_day(meeting, reader.closes_at))
    ]


def without_news(meeting: Meeting, found: Iterable[Reader]) -> list[Reader]:
    """Who knows of the meeting and not of all its materials, and has no letter waiting that names them."""
    if meeting.state != MeetingState.ANNOUNCED:
        return []
    listed = handouts(meeting)
    return [
        reader
        for reader in found
        if reader.told is not None
        and not any(letter.kind in NAMES_MATERIALS for letter in reader.waiting)
        and reader.news(listed)
    ]


def shared_by_all(meeting: Meeting, listed: list[MaterialVersion] | None = None) -> dict[str, Any]:
    """What is the same in all letters of one meeting, read once."""
    return {
        "survey": Survey.objects.filter(meeting=meeting).first(),
        "items": list(meeting.items.select_related("presenter__user")),
        "notice": notices.of(meeting),
        "listed": handouts(meeting) if listed is None else listed,
    }


def about(meeting: Meeting, reader: Reader, *, listed: list[MaterialVersion], **shared: Any) -> dict[str, Any]:
    """What the text of a letter tells its reader beside the meeting itself: before is what they were told last."""
    told = reader.told or {}
    before = {name: moment(told, name) for name in ("starts_at", "ends_at", DEADLINE)}
    return {
        **shared,
        MATERIALS: reader.materials(listed),
        "until": reader.closes_at,
        "has_replied": reader.reply is not None,
        "has_answered": reader.has_answered(meeting),
        "shows_online_url": policy.can_see_online_url(meeting, reader.reply.mode if reader.reply else None),
        "before": before | {"place": told.get("place", "")},
    }


def presses(meeting: Meeting, reader: Reader, morning: datetime) -> bool:
    """Whether something that its reader knows or is told now is over when that day is."""
    now, told = clock.now(), reader.told or {}
    known = [meeting.starts_at, reader.closes_at, moment(told, "starts_at"), moment(told, DEADLINE)]
    days = [timezone.localdate(each) for each in known if each and each > now]
    return any(day <= timezone.localdate(morning) for day in days)


def to_remind(meeting: Meeting) -> MembershipQuerySet:
    """Who was called, can still answer, has not done so, and was not reminded today; in the roster's order."""
    people = meeting.asked().select_related("user").in_roster_order()
    survey = Survey.objects.filter(meeting=meeting).first()
    if survey is None or meeting.state != MeetingState.ANNOUNCED:
        return people.none()
    own, now = {"membership": OuterRef("pk")}, clock.now()
    letters = Letter.objects.standing().filter(meeting=meeting, **own)
    answered = Reply.objects.given_for(meeting).filter(survey=survey, **own)
    reminded = letters.filter(kind=LetterKind.REMIND, made_at__date=clock.today())
    found = people.filter(Exists(letters.exclude(kind__in=TELLS_NOTHING)), ~Exists(answered), ~Exists(reminded))
    return (
        found if survey.closes_at > now else found.filter(Exists(survey.extensions.filter(until__gt=now, **own)))
    )


def needing_a_call() -> Q:
    """Of letters of many meetings those that Reader.needs_a_call tells of."""
    own = {"membership": OuterRef("membership")}
    later = Letter.objects.standing().filter(meeting=OuterRef("meeting"), pk__gt=OuterRef("pk"), **own)
    arrived = later.filter(Q(email__job__state__in=ARRIVED) | ~Q(handed_at=None))
    answers = Reply.objects.standing().as_asked().filter(survey__meeting=OuterRef("meeting"), **own)
    known = Q(kind__in=ASKED) & Exists(answers)
    return Q(email__job__state__in=NEEDING_A_PERSON) & ~Exists(arrived) & ~known


def iso(moment: datetime | None) -> str | None:
    """The same moment is the same text, in whichever zone it was typed."""
    return moment.astimezone(UTC).isoformat() if moment else None
