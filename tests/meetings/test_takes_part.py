"""Who takes part is judged on the day of the meeting, everywhere: who comes on 1 April is called in March, who
leaves on 31 March is not."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from foundation.actions import Actor
from meetings.actions import meetings
from meetings.models import Meeting, Reply
from meetings.states import MeetingState
from meetings.todo import todo
from members import links
from members.models import PersonalLink
from members.states import Category, Purpose
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def comes(group, meeting, survey):
    """Their term begins between today and the meeting."""
    return builders.make_membership(group=group, valid_from=timezone.localdate() + timedelta(days=3))


@pytest.fixture
def leaves(group, meeting, survey):
    """Their term ends between today and the meeting."""
    return builders.make_membership(group=group, valid_to=timezone.localdate() + timedelta(days=1))


@pytest.fixture
def left(group, meeting, survey):
    return builders.make_membership(group=group, valid_to=timezone.localdate() - timedelta(days=1))


def by_login(as_, membership, page="answer/"):
    return as_(membership.user).get(f"/groups/dx-now/meetings/2/{page}").status_code


def by_link(client, membership, name="personal_meeting", **kwargs):
    link = PersonalLink.objects.create(membership=membership, purpose=Purpose.MEETING)
    return client.get(reverse(f"meetings:{name}", args=[links.token(link), 2])).status_code


def test_who_comes_before_the_meeting_is_asked_to_answer(as_, comes):
    assert [item.url for item in todo(comes.user)] == ["/groups/dx-now/meetings/2/answer/"]
    assert (by_login(as_, comes, ""), by_login(as_, comes)) == (200, 200)


def test_who_comes_before_the_meeting_answers_by_link(client, comes):
    assert by_link(client, comes) == 200


def test_who_leaves_before_the_meeting_is_asked_nothing(as_, leaves):
    assert todo(leaves.user) == []
    assert (by_login(as_, leaves, ""), by_login(as_, leaves)) == (200, 403)


def test_who_leaves_before_the_meeting_answers_by_no_link(client, leaves):
    assert by_link(client, leaves) == 403


def test_who_left_sees_no_meeting_that_is_to_come(as_, left):
    assert todo(left.user) == []
    assert (by_login(as_, left, ""), by_login(as_, left)) == (404, 403)


def test_the_call_goes_to_those_who_take_part_on_the_day(group, suzuki, comes, leaves, left, emails):
    third = builders.make_meeting(group=group, number=3, state=MeetingState.DRAFT)
    builders.make_survey(meeting=third)
    meetings.announce(meeting=third, by=Actor(suzuki), seen=third.version)
    assert [to for to, _subject in emails()] == [comes.user.email]


@pytest.mark.parametrize("category", Category)
def test_those_are_asked_who_are_counted(group, meeting, category):
    person = builders.make_membership(group=group, category=category)
    asked = category in {Category.MEMBER, Category.EXPERT}
    assert meeting.asked().filter(pk=person.pk).exists() is asked
    assert Meeting.objects.asking(person.user).exists() is asked


@pytest.mark.parametrize("who", ["comes", "leaves", "left"])
def test_no_page_of_theirs_breaks(request, as_, client, who):
    """Each page of the group, by login and by link, for those whose term has not begun, ends or is over."""
    membership = request.getfixturevalue(who)
    builders.make_sheet(membership=membership)
    purposes = [PersonalLink.objects.create(membership=membership, purpose=purpose) for purpose in Purpose]
    pages = ["/", "/groups/", "/groups/dx-now/", "/groups/dx-now/members/", "/groups/dx-now/sheets/"]
    pages += [f"/groups/dx-now/sheets/{membership.sheet.pk}/", "/groups/dx-now/my-sheet/", "/data/mine/"]
    pages += [f"/groups/dx-now/meetings/2/{page}" for page in ("", "answer/", "answer/receipt/", "calendar.ics")]
    pages += [links.path_of(link) for link in purposes]
    found = {page: as_(membership.user).get(page).status_code for page in pages}
    assert {page: code for page, code in found.items() if code >= 500} == {}


TYPED = {"key": "6f0f5a4e-6d53-4d7c-9a0c-3a3c1d7c2b11", "seen": "0", "mode": "absent"}


def test_what_was_typed_by_who_left_meanwhile_is_shown_to_them(as_, left):
    page = as_(left.user).post("/groups/dx-now/meetings/2/answer/", TYPED | {"written_opinion": "長い意見"})
    assert page.status_code == 403
    assert "入力した内容は、送信していません" in page.content.decode()
    assert "長い意見" in page.content.decode()
    assert not Reply.objects.exists()


def test_by_link_too(client, left):
    link = PersonalLink.objects.create(membership=left, purpose=Purpose.MEETING)
    address = reverse("meetings:personal_meeting", args=[links.token(link), 2])
    page = client.post(address, TYPED | {"note": "長い連絡"})
    assert page.status_code == 403
    assert "長い連絡" in page.content.decode()
