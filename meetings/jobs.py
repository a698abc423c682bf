"""Letters of the clock: each working morning those who have not answered, and those who come on the next day."""

from datetime import date, time

from foundation.actions import SYSTEM
from foundation.db import clock
from foundation.jobs.models import Job
from foundation.jobs.registry import kind
from foundation.jobs.rules import ClockRule, Daily
from meetings import proposals
from meetings.actions import letters
from meetings.models import Meeting, Question
from meetings.states import MeetingState
from members import working_days


@kind("meetings.write_letters")
def write_letters(_job: Job) -> None:
    write_on(clock.today())


def write_on(today: date) -> None:
    """Nothing on a closed day: the working day before has done it."""
    if not working_days.is_workday(today):
        return
    for meeting in Meeting.objects.filter(state=MeetingState.ANNOUNCED).select_related("group", "survey"):
        if proposals.reminds_on(meeting) == today:
            letters.remind_by_the_clock(meeting=meeting, by=SYSTEM)
        if _eve(meeting) == today:
            letters.write_eve(meeting=meeting, by=SYSTEM)
    asked = Question.objects.standing().unanswered().filter(told_at=None).values("meeting")
    for meeting in Meeting.objects.announced().kept().filter(pk__in=asked):
        letters.tell_of_questions(meeting=meeting, by=SYSTEM)


def _eve(meeting: Meeting) -> date | None:
    return working_days.workdays_before(meeting.day, 1)


MORNINGS = ClockRule("meetings.write_letters", Daily(time(8)))
