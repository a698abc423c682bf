"""What the desk prints for the day says what the pages say."""

from datetime import datetime

import pytest
from django.urls import reverse

from foundation.actions import Actor
from foundation.calendar.wareki import TOKYO
from foundation.documents import as_text
from meetings import day_papers
from meetings.actions import roll
from meetings.states import Mode
from tests import builders

AGENDA = """\
第1回DX推進部会　次第

日時　令和3年5月18日（火） 午後1時～3時
場所　市役所4階 401会議室

1　開会
　　午後1時～1時05分
2　計画の説明
　　午後1時05分　説明：佐藤 花子
3　閉会
"""


@pytest.fixture
def meeting(group):
    return builders.make_meeting(
        group=group,
        starts_at=datetime(2021, 5, 18, 13, tzinfo=TOKYO),
        ends_at=datetime(2021, 5, 18, 15, tzinfo=TOKYO),
        building="市役所4階",
        room="401会議室",
    )


def told(paper, meeting):
    return as_text.render(day_papers.PAPERS[paper](meeting))


def test_the_agenda_tells_when_each_item_begins_as_long_as_that_is_known(meeting, member):
    meeting.items.create(order=1, title="開会", minutes=5)
    meeting.items.create(order=2, title="計画の説明", presenter=member)
    meeting.items.create(order=3, title="閉会", minutes=5)
    assert told("agenda", meeting) == AGENDA


def test_the_roll_on_paper_has_boxes_for_everybody_and_what_they_answered(meeting, member):
    builders.make_reply(survey=builders.make_survey(meeting=meeting), membership=member, mode=Mode.ONLINE)
    paper = told("roll", meeting)
    assert "部会メンバー（1名）\n佐藤　花子　" in paper
    boxes = "回答：オンラインで出席\n□会場　□オンライン　□欠席　到着　　：　　　退席　　：\n"
    assert boxes in paper


def test_the_list_follows_the_roll_and_names_who_came_instead(meeting, member, suzuki):
    line = {"meeting": meeting, "membership": member, "by": Actor(suzuki)}
    roll.mark(**line, mode=Mode.VENUE, substitute_name="代理 次郎")
    assert told("attendees", meeting).endswith("会場で出席　代理：代理 次郎\n")
    assert told("seats", meeting) == "代理 次郎\n"


def test_nobody_who_stays_away_or_comes_online_has_a_card(meeting, member, suzuki):
    line = {"meeting": meeting, "membership": member, "by": Actor(suzuki)}
    assert told("seats", meeting).endswith("佐藤　花子\n")
    for mode in (Mode.ONLINE, Mode.ABSENT):
        roll.mark(**line, mode=mode)
        assert told("seats", meeting) == "席札を作成する方がいません。\n"


@pytest.mark.parametrize("paper", day_papers.PAPERS)
def test_each_is_handed_out_as_word_and_pdf(paper, meeting, member, as_, suzuki):
    """Word and a typesetter are at work: 0.7 s the first time."""
    desk = as_(suzuki)
    for suffix, begins in (("docx", b"PK"), ("pdf", b"%PDF")):
        args = [meeting.group.slug, meeting.number, paper, suffix]
        answer = desk.get(reverse("meetings:day_paper", args=args))
        assert (answer.status_code, answer.content[:4].startswith(begins)) == (200, True)
