"""What somebody typed of the report that the product is made from, read from its file by position."""

import re

from meetings.states import Point
from tests.stories.first_meeting import INTRODUCTIONS, TALK, TASK, Words


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
