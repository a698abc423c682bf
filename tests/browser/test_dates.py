"""On which days somebody can come: answered from the mail on a phone, and counted at the desk."""

import pytest

from foundation.actions import Actor
from meetings.models import DateReply, Meeting
from meetings.states import DateMark, MeetingState
from members import links
from members.actions.links import personal_link
from members.states import Purpose
from tests import builders

pytestmark = pytest.mark.django_db(transaction=True)
THUMB = 44


@pytest.fixture
def poll(group, member, expert):
    group.purpose_text, group.retention_text = "会議の運営のため", "会議の翌年度末まで"
    group.save()
    meeting = builders.make_meeting(group=group, number=1, state=MeetingState.DRAFT)
    Meeting.objects.update(starts_at=None, ends_at=None, date_note="10月上旬")
    poll = builders.make_date_poll(meeting=meeting, days=range(20, 30))
    builders.make_date_reply(poll=poll, membership=expert, marks=[DateMark.YES, DateMark.MAYBE])
    return poll


@pytest.mark.parametrize("js", [True, False])
def test_two_taps_on_a_phone_are_an_answer(open_page, poll, member, suzuki, axe, shot, js):
    address = links.path_of(personal_link(membership=member, purpose=Purpose.MEETING, by=Actor(suzuki)))
    page = open_page(390, js=js, is_mobile=True, has_touch=True)
    page.goto(address)
    shot(page, f"dates-phone-{'js' if js else 'no-js'}")
    assert min(choice.bounding_box()["height"] for choice in page.locator(".dads-choice").all()) >= THUMB
    page.get_by_label("○ 出席できる").first.tap()
    page.get_by_role("button", name="回答を送信する").tap()
    page.get_by_text("回答を受け付けました。").wait_for()
    assert list(DateReply.objects.get(membership=member).marks.values()) == [DateMark.YES]
    if js:
        assert axe(page) == []


def test_ten_days_of_everybody_fit_the_desk(open_page, poll, suzuki, log_in, axe, shot):
    page = open_page(1280)
    log_in(page, suzuki)
    page.goto("/groups/dx-now/desk/meetings/1/dates/")
    shot(page, "dates-desk")
    assert page.evaluate("document.documentElement.scrollWidth") == 1280
    assert axe(page) == []
