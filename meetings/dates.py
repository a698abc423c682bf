"""What was answered to candidate days: counted, the best of them, and who is still silent."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count
from django.utils import timezone

from foundation.calendar import wareki
from foundation.db import clock
from meetings import proposals
from meetings.letters import Facts, Reader, iso
from meetings.models import DateChoice, DateOption, DatePoll, DateReply, Letter
from meetings.states import OF_DATES, DateMark
from members.models import Membership


def label_of(mark: str) -> str:
    """The mark with its words, or nothing."""
    return str(DateMark(mark).label) if mark in DateMark.values else ""


def spoken(option: DateOption) -> str:
    return f"{wareki.date(option.starts_at)} {wareki.time_range(option.starts_at, option.ends_at)}"


@dataclass
class Candidate:
    """One day with how many could come, as everybody may see it."""

    option: DateOption
    counts: dict[str, int] = field(default_factory=dict)
    is_best: bool = False
    is_tied: bool = False
    warnings: list[str] = field(default_factory=list)

    @property
    def short(self) -> tuple[str, str]:
        """1月12日（火） and 午後1時: over a column, where the whole stands above the table."""
        return wareki.short_date(self.option.starts_at), wareki.time(self.option.starts_at)

    @property
    def said(self) -> str:
        """○ 12　△ 3　× 5"""
        return "　".join(f"{mark.sign} {self.counts.get(mark, 0)}" for mark in DateMark)

    @property
    def rank(self) -> tuple[int, int]:
        """Most ○, then most △."""
        return self.counts.get(DateMark.YES, 0), self.counts.get(DateMark.MAYBE, 0)


@dataclass
class DatesOfOne:
    """One person, and a mark for each candidate in their order; empty where they made none."""

    person: Membership
    reply: DateReply | None
    marks: list[tuple[Candidate, str]]

    @property
    def cells(self) -> list[tuple[Candidate, str]]:
        return [(candidate, DateMark(mark).sign if mark else "") for candidate, mark in self.marks]

    @property
    def has_answered(self) -> bool:
        return any(mark for _candidate, mark in self.marks)


@dataclass
class DatesTally:
    """For the desk alone."""

    candidates: list[Candidate]
    lines: list[DatesOfOne]

    @property
    def silent(self) -> list[DatesOfOne]:
        return [line for line in self.lines if not line.has_answered]

    @property
    def answered(self) -> int:
        return len(self.lines) - len(self.silent)

    @property
    def best(self) -> list[Candidate]:
        return [candidate for candidate in self.candidates if candidate.is_best]


def candidates(poll: DatePoll) -> list[Candidate]:
    """Counted are those who are asked."""
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    given = DateChoice.objects.filter(reply__poll=poll, reply__membership__in=poll.meeting.asked().values("pk"))
    for option, mark, count in given.order_by().values_list("option", "mark").annotate(count=Count("pk")):
        counts[option][mark] = count
    return mark_best([Candidate(option, counts[option.pk]) for option in poll.days])


def mark_best(found: list[Candidate]) -> list[Candidate]:
    """None while nobody can come on any of them."""
    highest = max((candidate.rank for candidate in found), default=(0, 0))
    best = [candidate for candidate in found if candidate.rank == highest != (0, 0)]
    for candidate in best:
        candidate.is_best, candidate.is_tied = True, len(best) > 1
    return found


def with_warnings(poll: DatePoll, found: list[Candidate]) -> list[Candidate]:
    days = {candidate.option.pk: timezone.localdate(candidate.option.starts_at) for candidate in found}
    warnings = proposals.warnings_of_days(poll.meeting, days.values())
    for candidate in found:
        candidate.warnings = warnings[days[candidate.option.pk]]
    return found


def table(poll: DatePoll) -> DatesTally:
    """In the order of the roster; in a fixed number of queries."""
    found = with_warnings(poll, candidates(poll))
    replies = poll.replies.select_related("membership").prefetch_related("choices")
    of_person = {reply.membership_id: reply for reply in replies}
    lines = []
    for person in poll.meeting.asked().select_related("user").in_roster_order():
        reply = of_person.get(person.pk)
        marks = reply.marks if reply else {}
        lines.append(DatesOfOne(person, reply, [(each, marks.get(each.option.pk, "")) for each in found]))
    return DatesTally(found, lines)


def chosen(poll: DatePoll) -> DateOption | None:
    """The candidate that became the day of the meeting; none where another day did."""
    has = (poll.meeting.starts_at, poll.meeting.ends_at)
    return next((option for option in poll.days if (option.starts_at, option.ends_at) == has), None)


# What people were told


def facts_of_dates(poll: DatePoll) -> Facts:
    """What a letter says beside the meeting; the names are its own."""
    days = [[iso(option.starts_at), iso(option.ends_at)] for option in poll.days]
    return {"dates": days, "dates_until": iso(poll.closes_at), "dates_note": poll.note}


def letters_of_dates(reader: Reader) -> list[Letter]:
    return [letter for letter in reader.letters if letter.kind in OF_DATES]


def answered_by(poll: DatePoll) -> set[int]:
    return set(poll.replies.answered().values_list("membership", flat=True))


def to_remind_of_dates(poll: DatePoll, found: Iterable[Reader]) -> list[Reader]:
    """Who is silent, can still answer, and was not written to today; also who was never written to."""
    if not poll.is_open:
        return []
    answered, today = answered_by(poll), clock.today()
    return [
        reader
        for reader in found
        if reader.person.pk not in answered
        and not any(
            letter.is_waiting or timezone.localdate(letter.made_at) == today for letter in letters_of_dates(reader)
        )
    ]
