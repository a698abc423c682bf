"""A thousand people are called in one transaction: three statements each, and what is the same is read once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from foundation.actions import Actor
from meetings.actions import meetings
from meetings.states import MeetingState
from members.actions.links import personal_links
from members.models import PersonalLink
from members.states import Purpose
from tests import builders


def called(group, suzuki, people):
    """How many statements it takes."""
    for _each in range(people):
        builders.make_membership(group=group, user=builders.make_user())
    meeting = builders.make_meeting(group=group, number=1, state=MeetingState.DRAFT, announced_at=None)
    builders.make_survey(meeting=meeting)
    with CaptureQueriesContext(connection) as statements:
        assert meetings.announce(meeting=meeting, by=Actor(suzuki), seen=meeting.version) == people
    return len(statements)


@pytest.mark.parametrize(("people", "statements"), [(10, 91), (50, 211)])
def test_each_person_more_is_three_statements_more(group, suzuki, people, statements):
    """Job, email and letter."""
    assert called(group, suzuki, people) == statements


@pytest.mark.parametrize("people", [1, 40])
def test_links_of_any_number_are_made_in_as_many_statements(group, suzuki, people, django_assert_num_queries):
    members = [builders.make_membership(group=group, user=builders.make_user()) for _each in range(people)]
    asked = {"group": group, "people": members, "purpose": Purpose.SHEET, "by": Actor(suzuki)}
    with django_assert_num_queries(9):
        made = personal_links(**asked)
    assert (len(made), PersonalLink.objects.exclude(code_hash=None).count()) == (people, people)
    with django_assert_num_queries(4):
        assert personal_links(**asked) == made


def test_two_codes_that_are_the_same_become_different(group, suzuki, monkeypatch):
    """Once in a million years; here the first two derive the same."""
    from members import links

    members = [builders.make_membership(group=group, user=builders.make_user()) for _each in range(2)]
    derived = links._derived
    same = iter(["AAAAAAAA"] * 4)
    monkeypatch.setattr(links, "_derived", lambda link, key: next(same, None) or derived(link, key))
    made = personal_links(group=group, people=members, purpose=Purpose.SHEET, by=Actor(suzuki))
    assert len({link.code_hash for link in made.values()}) == 2
