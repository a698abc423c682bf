"""Those who were absent are told what they missed; what waits and is true no more is written anew."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from foundation.actions import SYSTEM, Actor, action, record
from meetings.absences import absent, in_short
from meetings.actions._letter_writer import LetterWriter
from meetings.actions._shared import hold_to_correct
from meetings.actions.letters import withdraw
from meetings.letters import Reader, readers
from meetings.models import Letter, Meeting
from meetings.states import LetterKind, MeetingState
from members.models import Membership

KIND = LetterKind.IN_SHORT


@action
def tell_the_absent(*, meeting: Meeting, by: Actor) -> int:
    """Each once; who was marked as absent since is told by another press."""
    meeting = hold_to_correct(meeting, by)
    if meeting.state != MeetingState.HELD:
        raise ValidationError(_("欠席した方へのお知らせは、開催済みの会議についてだけ送れます。"))
    found = not_told_in_short(meeting)
    if not found:
        raise ValidationError(_("お知らせする方はいません。欠席した方がいないか、全員に送信の手続をしています。"))
    _write(meeting, found, by)
    record(by=by, action="meetings.tell_the_absent", target=meeting, letters=len(found))
    return len(found)


def not_told_in_short(meeting: Meeting) -> list[Reader]:
    told = Letter.objects.standing().filter(meeting=meeting, kind=KIND).values("membership")
    return readers(meeting, absent(meeting).exclude(pk__in=told))


def settle_in_short(meeting: Meeting) -> None:
    """Part of whatever has changed what was decided, asked for, or comes next."""
    waiting = list(Letter.objects.waiting().filter(meeting=meeting, kind=KIND))
    if not waiting:
        return
    people = {person.pk: person for person in absent(meeting)}
    stale = [letter for letter in waiting if not _is_so(letter, people.get(letter.membership_id), meeting)]
    gone = withdraw(stale) if stale else set()
    again = [
        people[letter.membership_id] for letter in stale if letter.pk in gone and letter.membership_id in people
    ]
    if again:
        _write(meeting, readers(meeting, again), SYSTEM)


def settle_before(meeting: Meeting) -> None:
    """What was said of this one at the end of the meeting before."""
    for before in Meeting.objects.before(meeting).filter(state=MeetingState.HELD).select_related("group")[:1]:
        settle_in_short(before)


def _is_so(letter: Letter, person: Membership | None, meeting: Meeting) -> bool:
    return person is not None and letter.facts.get("in_short") == in_short(meeting, person)._asdict()


def _write(meeting: Meeting, found: list[Reader], by: Actor) -> None:
    with LetterWriter(meeting, by=by) as writer:
        writer.prepare([reader.person for reader in found])
        for reader in found:
            writer.write(KIND, reader, in_short=in_short(meeting, reader.person)._asdict())
