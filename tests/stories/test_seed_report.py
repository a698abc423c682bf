"""The report that the product is made from comes out of the rows, character for character.

Its sentences are not ours to keep in this repository: those that somebody typed are read, by position, from
the file that DXBUKAI_SEED names, and everything else must be generated. tests/meetings/test_compose.py holds
the same ground with a report of our own.
"""

import os
import re
from pathlib import Path

import pytest

from foundation.actions import Actor
from meetings.actions import roll
from meetings.states import Mode, Point
from members.states import Category
from reports.compose import compose
from reports.formats import as_text
from reports.formats.blocks import SpanOrigin
from tests.stories.first_meeting import INTRODUCTIONS, TALK, TASK, FirstMeeting, Words, moved

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


def typed_words(seed: str) -> Words:
    """The sentences at the positions where somebody typed them, freed of what is generated around them."""
    blocks = seed.split("\n\n")
    title = re.fullmatch(r"(.+) 第1回「(.+)」結果報告", blocks[0])
    place = re.fullmatch(r"【場所】 (.+) (.+)", blocks[2])
    purpose = re.match(r"(.+)の「(.+)」の策定に向け、(.+)26名に(.+)（外部有識者）3名を加えて", blocks[7])
    speaker = re.search(r"「(..)(.+)氏」", blocks[18])
    chair = re.search(r"（(.+課)長）", blocks[26])
    themes = re.fullmatch(
        r"○次回、第2回は「(.+)」としてグループワークをしたい。(.+)を例に記載したが、(.+)同じく.+", blocks[41]
    )
    return Words(
        parent_body=title[1],
        group=title[2],
        charter=re.match("○(.+)に基づき、互選", blocks[17])[1],
        planned_meetings=int(re.search(r"全(\d)回実施予定", blocks[7])[1]),
        plan_season=purpose[1],
        plan_name=purpose[2],
        member_phrase=purpose[3],
        expert_phrase=purpose[4],
        building=place[1],
        room=place[2],
        items=[re.sub(r"^\d\. |（.+）$", "", blocks[position]) for position in (11, 13, 18, 26)],
        speaker=(speaker[1], speaker[2]),
        chair=(chair[1], "課長"),
        rule=re.search(r"立候補者なし、(.+)の", blocks[17])[1],
        outcome=blocks[8].partition("の参加があり、")[2],
        summary=blocks[9].partition("の開催に向けて、")[2],
        detail=blocks[28].partition("次回までに、")[2],
        lines=typed_lines(blocks),
        questions=asked(blocks[30:39]),
        theme=themes[1],
        examples=themes[2].split("、"),
        wish=themes[3],
    )


def typed_lines(blocks: list[str]) -> list[tuple[int, Point, str]]:
    """Of the line that begins with →, the one at 16 answers the line above it, the one at 21 continues it."""
    marks = {"○": Point.POINT, "→": Point.CONTINUATION}
    places = {0: [12], INTRODUCTIONS: [15, 16], TALK: [*range(19, 26)], TASK: [27]}
    lines = []
    for item, positions in places.items():
        for position in positions:
            for line in blocks[position].split("\n"):
                point = marks.get(line[0], Point.PLAIN)
                reply = position == 16 and point == Point.CONTINUATION
                lines.append((item, Point.REPLY if reply else point, line.lstrip("○→")))
    return lines


def asked(blocks: list[str]) -> list[tuple[str, list[str]]]:
    questions: list[tuple[str, list[str]]] = []
    for block in blocks:
        mark, _, text = block.partition(". ")
        if mark == "Q":
            questions.append((text, []))
        else:
            questions[-1][1].append(text)
    return questions
