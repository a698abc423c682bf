"""A section closes on a day: who goes on in its successor from the next day, and what stays as it was."""

from datetime import date, timedelta

import pytest

from foundation.actions import Actor
from foundation.audit.models import Event
from members.actions import departments
from members.states import PostingKind
from tests import builders

MARCH = date(2027, 3, 31)
IN_MAY = date(2027, 5, 1)


@pytest.fixture
def close(abe, citizens_section, environment_section):
    """The administrator closes 市民課 at the end of March; 環境課 takes over."""

    def close_with_its_people():
        return departments.end_department(
            department=citizens_section,
            by=Actor(abe),
            valid_to=MARCH,
            successor=environment_section,
            move_people=True,
        )

    return close_with_its_people


def trail():
    return Event.objects.get(action="members.end_department").changes


def posts(user):
    return list(user.postings.order_by("valid_from").values_list("department__name", "valid_from", "valid_to"))


@pytest.mark.parametrize(("has_successor", "ticked"), [(False, False), (False, True), (True, False)])
def test_a_section_ends_without_moving_anybody(
    abe, sato, citizens_section, environment_section, has_successor, ticked
):
    """Where nobody takes over there is no place to move to, whatever was ticked."""
    successor = environment_section if has_successor else None
    departments.end_department(
        department=citizens_section, by=Actor(abe), valid_to=MARCH, successor=successor, move_people=ticked
    )
    assert posts(sato) == [("市民課", builders.LONG_AGO, None)]
    named = "環境課" if has_successor else None
    assert trail() == {"valid_to": "2027-03-31", "successor": named, "moved": 0}


def test_its_people_move_and_the_trail_counts_their_posts_and_memberships(sato, close):
    close()
    assert posts(sato) == [("市民課", builders.LONG_AGO, MARCH), ("環境課", MARCH + timedelta(days=1), None)]
    assert trail() == {"valid_to": "2027-03-31", "successor": "環境課", "moved": 2}


def test_who_is_posted_to_both_sections_is_not_posted_twice(sato, environment_section, close):
    builders.make_posting(user=sato, department=environment_section, kind=PostingKind.CONCURRENT)
    close()
    assert dict(sato.postings.values_list("department__name", "valid_to")) == {"市民課": MARCH, "環境課": None}


def test_a_post_that_begins_later_begins_in_the_successor(kimura, citizens_section, environment_section, close):
    kimura.postings.all().delete()
    builders.make_posting(user=kimura, department=citizens_section, valid_from=IN_MAY)
    close()
    assert posts(kimura) == [("環境課", IN_MAY, None)]


def test_a_later_post_of_who_is_in_the_successor_already_is_left_for_the_administrator(
    kimura, citizens_section, close
):
    builders.make_posting(user=kimura, department=citizens_section, valid_from=IN_MAY, kind=PostingKind.CONCURRENT)
    close()
    assert posts(kimura) == [("環境課", builders.LONG_AGO, None), ("市民課", IN_MAY, None)]


def test_a_post_that_ends_later_ends_on_its_day_in_the_successor(citizens_section, close):
    guest = builders.make_user()
    builders.make_posting(user=guest, department=citizens_section, valid_to=IN_MAY)
    close()
    assert posts(guest) == [("市民課", builders.LONG_AGO, MARCH), ("環境課", MARCH + timedelta(days=1), IN_MAY)]


def test_who_was_in_the_successor_once_moves_there_again(sato, environment_section, close):
    once, last = builders.LONG_AGO - timedelta(days=365), builders.LONG_AGO - timedelta(days=1)
    builders.make_posting(user=sato, department=environment_section, valid_from=once, valid_to=last)
    close()
    assert posts(sato)[1:] == [
        ("市民課", builders.LONG_AGO, MARCH),
        ("環境課", MARCH + timedelta(days=1), None),
    ]


def test_a_post_and_a_membership_that_were_over_stay_as_they_were(
    group, citizens_section, environment_section, close
):
    """Of somebody who left the town hall, and of somebody who came back to the successor."""
    over = date(2021, 3, 31)
    left, back = builders.make_user(), builders.make_user()
    builders.make_posting(user=left, department=citizens_section, valid_to=over)
    builders.make_posting(user=back, department=citizens_section, valid_to=over)
    builders.make_posting(user=back, department=environment_section, valid_from=over + timedelta(days=1))
    former = builders.make_membership(group=group, user=left, department=citizens_section, valid_to=over)
    close()
    assert posts(left) == [("市民課", builders.LONG_AGO, over)]
    assert posts(back) == [("市民課", builders.LONG_AGO, over), ("環境課", over + timedelta(days=1), None)]
    assert [(term.department, term.valid_to) for term in former.terms.all()] == [(citizens_section, over)]


def test_nobody_of_another_section_moves(group, kimura, planning_section, close):
    chief = builders.make_membership(group=group, department=planning_section)
    close()
    assert posts(kimura) == [("環境課", builders.LONG_AGO, None)]
    assert [(term.department, term.valid_to) for term in chief.terms.all()] == [(planning_section, None)]
