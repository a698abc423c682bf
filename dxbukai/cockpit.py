"""What waits at the desk, meeting by meeting: read together, in a number of queries that no meeting adds to."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, F, Min, Q
from django.utils.translation import gettext as _

from foundation.db import clock
from foundation.jobs.states import JobState
from meetings.letters import needing_a_call
from meetings.models import Letter, Meeting, Question, Reply
from meetings.states import MeetingState, Mode


@dataclass
class Panel:
    """One meeting that is called: who comes, who is silent, what has not left or not arrived."""

    meeting: Meeting
    asked: int
    modes: dict[str, int] = field(default_factory=dict)
    waiting: int = 0
    leaves_at: datetime | None = None
    undelivered: int = 0
    questions: int = 0
    unanswered_questions: int = 0

    @property
    def unanswered(self) -> int:
        return max(self.asked - sum(number for _label, number in self.figures), 0)

    @property
    def figures(self) -> list[tuple[str, int]]:
        """In the order of the form; the silent last."""
        if self.meeting.is_written:
            return [(_("回答済み"), self.modes.get("", 0))]
        return [(str(mode.label), self.modes.get(mode, 0)) for mode in Mode]

    @property
    def days_left(self) -> int:
        return (self.meeting.day - clock.today()).days

    @property
    def takes_reminders(self) -> bool:
        survey = getattr(self.meeting, "survey", None)
        return bool(self.unanswered and survey and survey.closes_at > clock.now())


def panels(meetings: Sequence[Meeting]) -> dict[int, Panel]:
    """Of those that are announced, by their keys."""
    called = [meeting for meeting in meetings if meeting.state == MeetingState.ANNOUNCED]
    found = {meeting.pk: Panel(meeting, meeting.asked_count) for meeting in called}
    modes: dict[int, dict[str, int]] = defaultdict(dict)
    confirmed = Q(said_for=F("survey__meeting__starts_at")) | Q(mode="")
    replies = Reply.objects.standing().filter(confirmed, survey__meeting__in=found)
    for meeting, mode, count in replies.values_list("survey__meeting", "mode").annotate(Count("pk")):
        modes[meeting][mode] = count
    letters = Letter.objects.standing().filter(meeting__in=found).values("meeting")
    waits = Q(email__job__state=JobState.WAITING)
    told = letters.annotate(
        waiting=Count("pk", filter=waits),
        leaves_at=Min("email__job__due_at", filter=waits),
        undelivered=Count("membership", filter=needing_a_call(), distinct=True),
    )
    asked = Question.objects.standing().filter(meeting__in=found).values("meeting")
    counts = asked.annotate(
        questions=Count("pk", distinct=True),
        unanswered_questions=Count("pk", filter=Q(answers=None), distinct=True),
    )
    for row in (*told, *counts):
        for name, value in row.items():
            if name != "meeting":
                setattr(found[row["meeting"]], name, value)
    for pk, panel in found.items():
        panel.modes = modes[pk]
    return found
