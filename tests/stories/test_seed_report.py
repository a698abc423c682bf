"""The report that the product is made from comes out of the rows, character for character.

Its sentences are not ours to keep in this repository: those that somebody typed are read, by position, from
the file that DXBUKAI_SEED names, and everything else must be generated. tests/meetings/test_compose.py holds
the same ground with a report of our own.
"""

import os
from pathlib import Path

import pytest

from foundation.actions import Actor
from meetings.actions import roll
from meetings.states import Mode
from members.states import Category
from reports.compose import compose
from reports.formats import as_text
from reports.formats.blocks import SpanOrigin
from tests.stories.first_meeting import FirstMeeting, moved
from tests.stories.seed_words import typed_words

SEED = os.environ.get("DXBUKAI_SEED", "")
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.stories,
    pytest.mark.skipif(not SEED, reason="DXBUKAI_SEED does not name the seed report"),
]


@pytest.fixture(scope="module")
def seed():
    return Path(SEED).read_text(encoding="utf-8").strip()


@pytest.fixture
def first(seed):
    return FirstMeeting(typed_words(seed))


def test_the_report_equals_the_seed(first, seed):
    composition = compose(first.meeting)
    assert composition.problems == ()
    assert as_text.render(composition.blocks) == f"{seed}\n"
    assert len(seed) == 2070


def test_most_characters_were_typed_and_the_rest_is_generated(first):
    assert as_text.count(compose(first.meeting).blocks) == {
        SpanOrigin.TYPED: 1400,
        SpanOrigin.OVERRIDE: 0,
        SpanOrigin.GENERATED: 670,
    }


def test_one_person_less_on_the_roll_moves_three_places(first):
    before = first.text()
    roll.mark(meeting=first.meeting, membership=first.members[2], by=Actor(first.desk), mode=Mode.ABSENT)
    assert moved(before, first.text()) == [
        ("【出席】 28名", "【出席】 27名"),
        ("部会メンバー25名", "部会メンバー24名"),
        ("全28名", "全27名"),
    ]


def test_two_of_the_secretariat_on_the_roll_move_nothing(first):
    before = first.text()
    for _ in range(2):
        clerk = first.join(Category.SECRETARIAT)
        roll.mark(meeting=first.meeting, membership=clerk, by=Actor(first.desk), mode=Mode.VENUE)
    assert first.meeting.roll.count() == 31
    assert first.text() == before
