"""One page for the superior: when, where, how long, what to do before. Nothing that the desk was told."""

from datetime import datetime

import pytest

from foundation.calendar import wareki
from foundation.calendar.workdays import TOKYO
from foundation.db import clock
from foundation.documents import as_text
from meetings.models import Assignment
from meetings.states import MeetingState, Mode
from meetings.superiors import page_for_superior
from members.links import token
from members.models import PersonalLink
from members.states import Purpose
from tests import builders

PAGE = "/groups/dx-now/meetings/2/for-superior/"


def at(month, day, hour=13, minute=0):
    return datetime(2031, month, day, hour, minute, tzinfo=TOKYO)


@pytest.fixture
def meeting(group, first_meeting):
    """Of five the second, on a Tuesday afternoon."""
    fields = {"building": "見本市役所", "room": "大会議室"}
    return builders.make_meeting(group=group, number=2, starts_at=at(6, 10), ends_at=at(6, 10, 15, 15), **fields)


@pytest.fixture
def survey(meeting):
    return builders.make_survey(meeting=meeting, closes_at=at(6, 5, 17))


def told(meeting, member, reply=None, closes_at=None):
    person = meeting.group.memberships.on(meeting.day).select_related("user").get(pk=member.pk)
    return as_text.render(page_for_superior(meeting, person, reply=reply, closes_at=closes_at))


def test_before_the_answer(meeting, survey, member, group):
    builders.make_item(meeting=meeting, title="話題提供")
    third = {"starts_at": at(7, 8), "ends_at": at(7, 8, 15), "state": MeetingState.ANNOUNCED}
    builders.make_meeting(group=group, number=3, **third)
    Assignment.objects.create(
        meeting=group.meetings.get(number=1),
        due_meeting=meeting,
        title="オープンデータを一つ",
        due_at=at(6, 6, 17),
    )
    assert told(meeting, member, closes_at=survey.closes_at) == (
        f"{wareki.plain_date(clock.today())}\n\n"
        "市民課　所属長　様\n\n"
        "見本市行政経営本部 DX推進部会 事務局\n\n"
        "第2回DX推進部会への出席について\n\n"
        "　佐藤 花子さんは、DX推進部会の部会メンバーです。次の会議への出席に、御配慮をお願いします。\n\n"
        "1　日時　令和13年6月10日（火） 午後1時～3時15分\n"
        "　　所要時間：2時間15分\n"
        "　　勤務時間内の開催です。\n"
        "2　場所　見本市役所 大会議室\n"
        "3　議題\n"
        "　(1)　話題提供\n"
        "4　会議までに行うこと\n"
        "　(1)　出欠の回答（令和13年6月5日（木） 午後5時まで。1分程度）\n"
        "　(2)　オープンデータを一つ（令和13年6月6日（金） 午後5時まで）\n"
        "5　今後の予定\n"
        "　(1)　第3回　令和13年7月8日（火） 午後1時～3時\n"
        "　(2)　年度内に全5回を予定しています（今回は第2回）。\n\n"
        "お問い合わせ：事務局（内線 2345）\n"
    )


def test_whoever_comes_online_needs_no_room(meeting, survey, member):
    reply = builders.make_reply(survey=survey, membership=member, mode=Mode.ONLINE, said_for=meeting.starts_at)
    assert "2　場所　オンライン（自席などから出席します）\n" in told(meeting, member, reply=reply)


@pytest.mark.parametrize(
    ("starts_at", "ends_at"),
    [
        (at(6, 10, 8, 29), at(6, 10, 10)),
        (at(6, 10, 15), at(6, 10, 17, 16)),
        (at(6, 7, 13), at(6, 7, 15)),
        (at(6, 10, 16), at(6, 11, 9)),
    ],
    ids=["before it opens", "after it closes", "on a Saturday", "over night"],
)
def test_what_is_not_in_office_hours_is_not_said_to_be(meeting, survey, member, starts_at, ends_at):
    meeting.starts_at, meeting.ends_at = starts_at, ends_at
    assert "勤務時間内" not in told(meeting, member)


def test_of_a_draft_of_the_next_meeting_nothing_is_said(meeting, survey, member, group):
    builders.make_meeting(group=group, number=3, starts_at=at(7, 8), state=MeetingState.DRAFT, announced_at=None)
    assert "第3回" not in told(meeting, member)


def test_what_was_told_to_the_desk_stays_there(meeting, survey, member, as_, sato):
    told_to_the_desk = {"mode": Mode.ABSENT, "note": "通院のため", "written_opinion": "書面の意見"}
    builders.make_reply(survey=survey, membership=member, said_for=meeting.starts_at, **told_to_the_desk)
    page = as_(sato).get(PAGE).content.decode()
    assert ("市民課　所属長　様" in page, "通院" in page, "書面の意見" in page) == (True, False, False)


def test_a_link_opens_it_too(meeting, survey, expert, client):
    link = PersonalLink.objects.create(membership=expert, purpose=Purpose.MEETING)
    page = client.get(f"/a/{token(link)}/meetings/2/for-superior/").content.decode()
    assert "所属の長　様" in page
