"""A meeting that is called off stays in the lists, and its number can be given again."""

from datetime import datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from foundation.actions import Actor
from foundation.calendar import wareki
from foundation.calendar.wareki import TOKYO
from meetings import proposals, snapshot
from meetings.actions import meetings
from meetings.models import Meeting
from meetings.states import ItemKind, MeetingState
from members import links
from members.models import PersonalLink
from members.states import Purpose
from tests import builders

GONE, WHY = "の会議は、中止になりました。", "台風の接近のため"


@pytest.fixture
def cancel(suzuki):
    def call_off(meeting):
        meetings.cancel(meeting=meeting, by=Actor(suzuki), seen=meeting.version, reason=WHY)

    return call_off


@pytest.fixture
def second(meeting, survey):
    """Called, with a form; before it the first one was held."""
    return meeting


@pytest.fixture
def series(group):
    """1, 2 and 3."""
    return [builders.make_meeting(group=group, number=number) for number in (1, 2, 3)]


def text(response):
    return response.content.decode()


def day(meeting):
    return wareki.date(meeting.starts_at)


# D4: listed with its date


def test_d4_the_desk_and_the_members_still_see_it_with_day_and_reason(second, cancel, as_, suzuki, sato, member):
    cancel(second)
    for person, page in ((suzuki, "/groups/dx-now/desk/"), (sato, "/groups/dx-now/")):
        shown = text(as_(person).get(page))
        assert [f"<s>{day(second)}</s>" in shown, f"理由：{WHY}" in shown, "中止・流会の会議" in shown] == [
            True
        ] * 3


def test_d4_the_members_page_of_it_says_so(second, cancel, as_, sato):
    cancel(second)
    shown = as_(sato).get("/groups/dx-now/meetings/2/")
    assert (shown.status_code, f"{day(second)}{GONE}" in text(shown), WHY in text(shown)) == (200, True, True)


@pytest.mark.parametrize("path", ["", "meetings/2/"])
def test_d4_the_link_says_so(second, cancel, client, member, path):
    link = PersonalLink.objects.create(membership=member, purpose=Purpose.MEETING)
    cancel(second)
    shown = client.get(f"/a/{links.token(link)}/{path}")
    assert (shown.status_code, f"{day(second)}{GONE}" in text(shown)) == (200, True)


def test_what_was_typed_meanwhile_is_shown_again(second, cancel, client, as_, sato, member):
    link = PersonalLink.objects.create(membership=member, purpose=Purpose.MEETING)
    cancel(second)
    typed = {"mode": "venue", "note": "車いすで参ります"}
    by_link = client.post(f"/a/{links.token(link)}/meetings/2/", typed)
    by_login = as_(sato).post("/groups/dx-now/meetings/2/answer/", typed)
    for answer in (by_link, by_login):
        assert (answer.status_code, "車いすで参ります" in text(answer)) == (409, True)


def test_a_plan_that_nobody_was_told_of_is_the_desks_alone(group, cancel, as_, suzuki, sato):
    cancel(builders.make_meeting(group=group, state=MeetingState.DRAFT))
    page = reverse("meetings:meeting", args=[group.slug, 1])
    assert [as_(person).get(page).status_code for person in (sato, suzuki)] == [404, 200]
    assert WHY not in text(as_(sato).get("/groups/dx-now/"))


def test_for_strangers_it_does_not_exist(second, cancel, as_, stranger):
    cancel(second)
    assert as_(stranger).get("/groups/dx-now/meetings/2/").status_code == 404
    assert as_(stranger).post("/groups/dx-now/meetings/2/answer/", {}).status_code == 404


def test_one_made_again_is_what_the_link_opens(second, cancel, group, client, member):
    link = PersonalLink.objects.create(membership=member, purpose=Purpose.MEETING)
    cancel(second)
    again = builders.make_meeting(group=group, number=2)
    builders.make_survey(meeting=again)
    for path in ("", "meetings/2/"):
        assert GONE not in text(client.get(f"/a/{links.token(link)}/{path}"))


def test_a_day_that_has_passed_is_no_news_on_the_front_page_of_a_link(group, cancel, client, member):
    """Under its own address it still says what became of it."""
    link = PersonalLink.objects.create(membership=member, purpose=Purpose.MEETING)
    past = datetime(2021, 5, 18, 13, tzinfo=TOKYO)
    cancel(builders.make_meeting(group=group, starts_at=past))
    shown = [GONE in text(client.get(f"/a/{links.token(link)}/{path}")) for path in ("", "meetings/1/")]
    assert shown == [False, True]


# D41: its number


def test_d41_the_second_of_three_is_called_off_and_made_again(group, series, cancel, as_, suzuki):
    second = series[1]
    builders.make_item(meeting=second, kind=ItemKind.TALK, title="デジタル化の話", minutes=20)
    cancel(second)
    desk = as_(suzuki)
    assert f"{reverse('meetings:create_meeting', args=[group.slug])}?number=2" in text(
        desk.get("/groups/dx-now/desk/")
    )

    page = f"{reverse('meetings:create_meeting', args=[group.slug])}?number=2"
    shown = desk.get(page)
    assert "中止した第2回を、改めて作成する" in text(shown)
    assert shown.context["form"].initial["building"] == "見本市役所"
    sent = {"number": 2, "day": "R8.12.25", "starts": "13:00", "ends": "15:00", "building": "見本市役所"}
    assert desk.post(page, sent).url == reverse("desk_meeting", args=[group.slug, 2])

    again = Meeting.objects.standing().get(number=2)
    assert list(again.items.values_list("order", "title", "minutes")) == [(1, "デジタル化の話", 20)]
    assert "改めて作成する" not in text(desk.get("/groups/dx-now/desk/"))


def test_d41_a_number_that_stands_is_not_given_twice(group, series, cancel, suzuki):
    cancel(series[1])
    assert proposals.free_numbers(group) == [2, 4]
    with pytest.raises(ValidationError, match="第3回は、既に作成されています。"):
        meetings.create_meeting(group=group, by=Actor(suzuki), number=3, date_note="9月上旬")
    assert meetings.create_meeting(group=group, by=Actor(suzuki), date_note="9月上旬").number == 4


def test_d41_the_next_meeting_is_the_next_one_that_stands(series, cancel):
    first, second, third = series
    cancel(second)
    assert (snapshot.following(first).first(), meetings.previous_of(third)) == (third, first)


def test_talks_of_the_last_meeting_that_stands_are_asked_about(series, cancel):
    first, second, third = series
    talk = builders.make_item(meeting=first, kind=ItemKind.TALK, title="デジタル化の話")
    cancel(second)
    assert third.around == [talk]


def test_the_reason_and_the_moment_are_kept(second, cancel):
    before = timezone.now()
    cancel(second)
    second.refresh_from_db()
    assert (second.called_off_reason, before < second.called_off_at < timezone.now()) == (WHY, True)


def test_one_made_again_is_not_taken_for_the_one_called_off(second, cancel, group, as_, suzuki, sato):
    """The address belongs to the meeting that stands now: the lists lead to it under its own line alone."""
    cancel(second)
    pages = {suzuki: "meetings:letters", sato: "meetings:meeting"}
    shown = [("/groups/dx-now/desk/", suzuki), ("/groups/dx-now/", sato)]

    def leads_there():
        return [
            f'href="{reverse(pages[who], args=[group.slug, 2])}"' in text(as_(who).get(at)) for at, who in shown
        ]

    before = leads_there()
    builders.make_meeting(group=group, number=2, state=MeetingState.DRAFT)
    assert (before, leads_there()) == ([True, True], [False, False])
