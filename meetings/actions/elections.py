"""互選: who was chosen and how; the office on the roster and the line of the record follow."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from foundation.actions import Actor, action, hold, record, refuse_stale, write
from meetings.actions._shared import hold_to_record
from meetings.actions.absences import settle_in_short
from meetings.actions.record import add_entry, put_under
from meetings.models import AgendaItem, Election, Meeting
from meetings.states import BY_BALLOT, PRESENT, VOTED, ElectionMethod, Origin
from members.actions.memberships import give_office, take_back_office
from members.models import Membership, OfficeTerm
from members.states import Office

Votes = Sequence[tuple[Membership, int]]


@action
def record_election(
    *,
    meeting: Meeting,
    by: Actor,
    item: AgendaItem,
    elected: Membership,
    office: str = Office.CHAIR,
    votes: Votes = (),
    **how: Any,
) -> Election:
    """Write who was chosen and how; from that day they hold the office, and a line tells of it."""
    meeting = hold_to_record(meeting, by)
    election = Election(meeting=meeting)
    _write(election, office=office, elected=elected, votes=votes, **how)
    term = give_office(membership=elected, by=by, office=office, valid_from=meeting.day)
    write(election, office_term=term)
    _count(election, votes)
    record(by=by, action="meetings.record_election", target=election, **_told(election, votes))
    add_entry(meeting=meeting, by=by, item=item, origin=Origin.ELECTION)
    settle_in_short(meeting)
    return election


@action
def correct_election(
    *,
    election: Election,
    by: Actor,
    seen: int,
    elected: Membership,
    office: str,
    item: AgendaItem | None = None,
    votes: Votes = (),
    **how: Any,
) -> Election:
    """It was written down wrong: who really was chosen holds the office, as long as the other held it."""
    election = _hold(election, by)
    refuse_stale(election, seen)
    before = _told(election, [(each.membership, each.votes) for each in election.candidacies.all()])
    changes = _write(election, office=office, elected=elected, votes=votes, **how)
    if {"office", "elected"} & changes.keys() or _began_on_another_day(election):
        write(election, office_term=_pass_on(election, by))
    _count(election, votes)
    for entry in election.entries.all():
        put_under(item, entry)
    after = _told(election, votes)
    if not changes and before != after:
        write(election, version=election.version + 1)
    record(by=by, action="meetings.correct_election", target=election, before=before, after=after)
    settle_in_short(election.meeting)
    return election


@action
def remove_election(*, election: Election, by: Actor, seen: int) -> None:
    """There was none: its lines go, and nobody holds an office by it."""
    election = _hold(election, by)
    refuse_stale(election, seen)
    counted = [(each.membership, each.votes) for each in election.candidacies.all()]
    lines = [entry.override for entry in election.entries.all()]
    record(
        by=by,
        action="meetings.remove_election",
        target=election.meeting,
        lines=lines,
        **_told(election, counted),
    )
    term = election.office_term
    election.entries.all().delete()
    election.candidacies.all().delete()
    election.delete()
    if term:
        take_back_office(office_term=term, by=by)
    settle_in_short(election.meeting)


def _write(election: Election, *, votes: Votes, **values: Any) -> dict[str, list[Any]]:
    """A field that this way of choosing does not ask for says nothing."""
    method = values.setdefault("method", ElectionMethod.CONSENT)
    if method in VOTED:
        values["candidates"] = len(votes)
    elif votes:
        raise ValidationError({"method": _("得票は、挙手又は投票のときだけ記録します。")})
    changes = write(election, **values)
    if method in VOTED:
        _judge(election, votes)
    return changes


def _judge(election: Election, votes: Votes) -> None:
    """What was counted must add up, and whoever had most was chosen; between equals a rule decides."""
    if not votes:
        raise ValidationError({"method": _("候補者と得票を入力してください。")})
    if len({person.pk for person, _count in votes}) < len(votes):
        raise ValidationError(_("同じ方が候補者に2回入力されています。"))
    counted = sum(count for _person, count in votes)
    _judge_sum(election, counted)
    most = max(count for _person, count in votes)
    best = [person for person, count in votes if count == most]
    if election.elected not in best:
        raise ValidationError({"elected": _("選出された方は、得票が最も多い候補者の中から選んでください。")})
    if len(best) > 1 and not election.rule:
        raise ValidationError({"rule": _("得票が同数です。どのように決めたかを入力してください。例：くじ")})


def _judge_sum(election: Election, counted: int) -> None:
    """Every ballot that was cast is counted, and nobody cast one who was not there."""
    total, field = counted, "method"
    if election.method in BY_BALLOT:
        total, field = election.cast or 0, "cast"
        found = counted + (election.blank or 0) + (election.invalid or 0)
        if found != total:
            told = {"found": found, "cast": total}
            sentence = _("得票・白票・無効票の合計は%(found)s票で、投票総数の%(cast)s票と合いません。")
            raise ValidationError({field: sentence % told})
    roll = election.meeting.roll
    present = roll.filter(mode__in=PRESENT).count()
    if total > present and roll.exists():
        told = {"votes": total, "present": present}
        sentence = _("票（挙手）の数は%(votes)sで、出席の記録にある出席者%(present)s名より多くなっています。")
        raise ValidationError({field: sentence % told})


def _count(election: Election, votes: Votes) -> None:
    election.candidacies.all().delete()
    for order, (person, count) in enumerate(votes, start=1):
        election.candidacies.create(membership=person, order=order, votes=count)


def _began_on_another_day(election: Election) -> bool:
    """The meeting was held on another day than was written down at first."""
    return election.office_term is not None and election.office_term.valid_from != election.meeting.day


def _pass_on(election: Election, by: Actor) -> OfficeTerm:
    """The office of whoever was named by mistake, from the day of the meeting, for as long."""
    end = None
    if wrong := election.office_term:
        end = wrong.valid_to
        take_back_office(office_term=wrong, by=by)
    day = election.meeting.day
    return give_office(membership=election.elected, by=by, office=election.office, valid_from=day, valid_to=end)


def _told(election: Election, votes: Iterable[tuple[Membership, int]]) -> dict[str, Any]:
    """As the audit log keeps it."""
    return {
        "office": election.office,
        "elected": election.elected_id,
        "method": election.method,
        "candidates": election.candidates,
        "votes": {person.pk: count for person, count in votes},
        "cast": election.cast,
        "rule": election.rule,
        "basis": election.basis,
    }


def _hold(election: Election, by: Actor) -> Election:
    meeting = hold_to_record(election.meeting, by)
    rows = meeting.elections.select_related("elected", "office_term__membership", "meeting__group")
    return hold(rows, election.pk)
