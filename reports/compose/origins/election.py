from typing import Any

from django.utils.translation import override

from meetings.models import Election, RecordEntry
from meetings.states import BY_BALLOT, VOTED, ElectionBasis, ElectionMethod
from reports.compose.rows import Rows
from reports.formats import sentences
from reports.formats.sentences import HowElected, Spans


def election(rows: Rows, entry: RecordEntry) -> Spans:
    held = entry.election
    assert held is not None  # meetings_entry_has_election
    said: dict[str, Any] = {
        "charter": rows.meeting.group.charter,
        "office": str(rows.meeting.group.office(held.office)),
        "elected": rows.house_name(held.elected),
    }
    by_charter = held.basis == ElectionBasis.CHARTER
    if held.method == ElectionMethod.CONSENT:
        return sentences.election(**said, candidates=held.candidates, rule=held.rule, by_charter=by_charter)
    if held.method in VOTED:
        return sentences.voted(**said, how=_counted(rows, held))
    way = HowElected(_way(held), held.candidates)
    return sentences.settled(**said, how=way, by_charter=by_charter)


def _counted(rows: Rows, held: Election) -> HowElected:
    stood = list(held.candidacies.all())
    votes = [(rows.house_name(each.membership), each.votes) for each in stood]
    most = max((each.votes for each in stood), default=0)
    tied = len([each for each in stood if each.votes == most]) > 1
    ballots: list[tuple[str, int]] = []
    if held.method in BY_BALLOT:
        ballots = [("白票", held.blank or 0), ("無効票", held.invalid or 0), ("投票総数", held.cast or 0)]
    return HowElected(_way(held), votes=votes, ballots=ballots, rule=held.rule if tied else "")


def _way(held: Election) -> str:
    with override("ja"):
        return str(ElectionMethod(held.method).label)
