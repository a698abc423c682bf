"""What there is of a report when a meeting's papers go to the document system."""

import pytest

from meetings.states import MeetingState
from reports.papers import of_meeting
from tests import builders

DRAFT = "04_会議録/結果報告_下書き.txt"


@pytest.mark.parametrize(
    ("state", "has_draft"),
    [(MeetingState.HELD, True), (MeetingState.ANNOUNCED, False), (MeetingState.CANCELLED, False)],
)
def test_a_draft_is_there_of_a_meeting_that_was_held(group, state, has_draft):
    meeting = builders.make_meeting(group=group, number=1, state=state)
    assert (DRAFT in [paper.name for paper in of_meeting(meeting)]) is has_draft
