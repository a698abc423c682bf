"""What the desk prints where it cannot wait for a mail to be read: whom it calls, and what it says."""

import pytest
from django.urls import reverse

from foundation.actions import Actor
from foundation.calendar import wareki
from foundation.jobs.models import Job
from foundation.jobs.states import JobState
from meetings import notices
from meetings.actions import meetings
from meetings.models import Meeting
from meetings.states import MeetingState
from members.states import Channel
from tests import builders


@pytest.fixture
def planned(group, first_meeting, member, expert):
    meeting = builders.make_meeting(group=group, number=2, state=MeetingState.DRAFT, announced_at=None)
    builders.make_survey(meeting=meeting)
    builders.make_item(meeting=meeting, title="議題")
    return meeting


@pytest.fixture
def called(planned, suzuki, kimura, tanaka, group, leave):
    """Tanaka has no address; the letter to Kimura came back; Sato's arrived."""
    tanaka.channel, tanaka.phone = Channel.PAPER, "090-0000-0001"
    tanaka.save()
    builders.make_membership(group=group, user=kimura, job_title="係長")
    meetings.announce(meeting=planned, by=Actor(suzuki), seen=planned.version)
    leave()
    Job.objects.filter(email__to=kimura).update(state=JobState.FAILED)
    return Meeting.objects.get(pk=planned.pk)


def address(meeting):
    return reverse("meetings:phone_list", args=[meeting.group.slug, meeting.number])


def listed(answer):
    return [
        (line.reader.person.user.family_name, str(line.state), first) for line, first in answer.context["calls"]
    ]


def test_whom_no_mail_reaches_stands_first(called, as_, suzuki):
    shown = as_(suzuki).get(address(called))
    assert listed(shown) == [("木村", "不達", True), ("田中", "紙：未配布", True), ("佐藤", "送信済み", False)]
    assert ("090-0000-0001" in shown.text, "登録なし" in shown.text, "□" in shown.text) == (True, True, True)


def test_what_is_said_is_what_was_written_last(called, as_, suzuki):
    desk = as_(suzuki)

    def said():
        return desk.get(address(called)).context["to_say"]

    assert [sentence.partition("（")[0] for sentence in said()] == [
        "第2回DX推進部会を、" + day(called),
        "場所：見本市役所 大会議室",
        "まだ回答していない方には、出欠の回答をお願いします",
    ]
    given = {"by": Actor(suzuki), "urgent": "台風の接近のため"}
    moved = meetings.edit_meeting(meeting=called, seen=called.version, room="小会議室", **given)
    assert said()[0::2] == ["第2回DX推進部会の日時・場所を変更しました。", "変更後の場所：見本市役所 小会議室"]
    meetings.cancel(meeting=moved, seen=moved.version, reason="台風の接近のため", **given)
    first, why = said()
    assert first == f"{notices.when(called)}に予定していた第2回DX推進部会は、中止になりました。"
    assert why == "理由：台風の接近のため"


def day(meeting):
    return wareki.date(meeting.starts_at).partition("（")[0]


def test_as_long_as_nobody_was_written_to_there_is_nobody_to_call(planned, as_, suzuki):
    desk = as_(suzuki)
    assert "電話で連絡する方はいません" in desk.get(address(planned)).text
    assert "電話連絡の一覧を印刷する" not in desk.get(address(planned).replace("phone-list/", "")).text


def test_of_many_two_hundred_are_printed_at_a_time(called, as_, suzuki, monkeypatch):
    monkeypatch.setattr("meetings.views.desk.letters.PER_PRINT", 2)
    desk = as_(suzuki)
    assert [len(listed(desk.get(f"{address(called)}?page={page}"))) for page in (1, 2)] == [2, 1]
    assert "3名のうち、1人目から2人目までの方です。" in desk.get(address(called)).text
