"""Where somebody else's row, or one's own of another meeting, lies beside the one that is asked for."""

import pytest
from django.urls import reverse

from meetings.roll_call import roll_call
from meetings.states import ItemKind, MeetingState, Mode
from meetings.survey.sections.talk_questions import meeting_talks
from tests import builders


@pytest.fixture
def third(group, meeting):
    """With a survey of its own, to which Sato has said something else."""
    return builders.make_survey(meeting=builders.make_meeting(group=group, number=3))


def test_the_desk_opens_the_answer_of_this_person_to_this_survey(as_, suzuki, survey, third, member, expert):
    builders.make_reply(survey=third, membership=member, mode=Mode.ABSENT)
    builders.make_reply(survey=survey, membership=expert, mode=Mode.ABSENT)
    own = builders.make_reply(survey=survey, membership=member, mode=Mode.ONLINE)
    page = as_(suzuki).get(reverse("meetings:enter_reply", args=["dx-now", 2, member.pk]))
    assert page.context["reply"] == own


def test_the_desk_opens_an_empty_page_for_who_has_not_answered(as_, suzuki, survey, third, member, expert):
    builders.make_reply(survey=third, membership=member)
    builders.make_reply(survey=survey, membership=expert)
    page = as_(suzuki).get(reverse("meetings:enter_reply", args=["dx-now", 2, member.pk]))
    assert page.context["reply"] is None


def test_the_roll_proposes_what_was_answered_for_this_meeting(meeting, survey, third, member, expert):
    builders.make_reply(survey=third, membership=member, mode=Mode.ABSENT)
    builders.make_reply(survey=survey, membership=expert, mode=Mode.ONLINE)
    assert [(person, person.planned) for person in roll_call(meeting)] == [(member, None), (expert, "online")]


def test_questions_go_to_the_talks_of_the_meeting_before_and_to_known_speakers(group, meeting, talk, member):
    later = builders.make_meeting(group=group, number=3)
    called_off = builders.make_meeting(group=group, number=1, state=MeetingState.CANCELLED)
    for order, elsewhere in enumerate((later, called_off)):
        builders.make_item(meeting=elsewhere, order=order, kind=ItemKind.TALK, title="別の話", presenter=member)
    builders.make_item(meeting=meeting, order=1, kind=ItemKind.TALK, title="話し手未定の話")
    known = builders.make_item(meeting=meeting, order=2, kind=ItemKind.TALK, title="この回の話", presenter=member)
    assert list(meeting_talks(meeting)) == [talk, known]
