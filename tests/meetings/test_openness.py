"""Whether citizens may listen to a meeting, and what they are told of it beforehand."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from foundation.actions import Actor
from meetings import policy
from meetings.actions import meetings
from meetings.models import Meeting
from meetings.states import MeetingState
from tests import builders


def open_to(meeting, by, openness="open", **details):
    return meetings.set_openness(meeting=meeting, by=Actor(by), seen=meeting.version, openness=openness, **details)


@pytest.fixture
def told(meeting, suzuki):
    """In ten days, and told of thirty days before."""
    return open_to(meeting, suzuki, observer_seats=5, observing_how="受付で\n先着順", public_notice_days=30)


def set_of(meeting):
    return meeting.openness, meeting.openness_reason, meeting.public_notice_days


def page(meeting):
    return reverse("meetings:public_notice", args=[meeting.group.slug, meeting.number])


def test_citizens_read_when_where_what_about_and_how_one_listens(told, client):
    builders.make_item(meeting=told, title="計画の骨子")
    shown = client.get(page(told)).content.decode()
    for words in ("見本市役所 大会議室", "公開", "計画の骨子", "5名", "受付で<br>先着順"):
        assert words in shown
    for address in (reverse("home"), reverse("group", args=[told.group.slug])):
        assert f'href="{page(told)}"' in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("openness", "reason", "days", "found"),
    [
        ("open", "", 10, 200),
        ("partly", "一部に個人情報があるため", 10, 200),
        ("open", "", 9, 404),
        ("closed", "個人情報を審議するため", 10, 404),
        ("exempt", "", 10, 404),
    ],
)
def test_they_are_told_of_what_they_may_come_to_and_from_the_chosen_day_on(
    meeting, suzuki, client, openness, reason, days, found
):
    """The meeting is in ten days."""
    open_to(meeting, suzuki, openness, openness_reason=reason, public_notice_days=days)
    assert client.get(page(meeting)).status_code == found


def test_nobody_is_told_of_what_was_not_called_or_of_a_closed_group(told):
    told.announced_at = None
    assert not policy.tells_citizens(told)
    told.announced_at, told.group.is_public = timezone.now(), False
    assert not policy.tells_citizens(told)


def test_whoever_had_read_of_it_finds_that_it_is_called_off_or_over(told, suzuki, client):
    Meeting.objects.filter(pk=told.pk).update(state=MeetingState.CANCELLED)
    assert "この会議は中止しました。" in client.get(page(told)).content.decode()
    over = {"state": "held", "held_from": told.starts_at, "held_to": told.ends_at, "snapshot": {}}
    Meeting.objects.filter(pk=told.pk).update(**over)
    assert "この会議は終了しました。" in client.get(page(told)).content.decode()


def test_what_is_not_open_to_all_says_why(meeting, suzuki):
    for openness in ("partly", "closed"):
        with pytest.raises(ValidationError, match="公開しない理由を入力してください。"):
            open_to(meeting, suzuki, openness)


def test_what_is_open_to_all_keeps_no_reason_of_the_meeting_before(meeting, suzuki):
    partly = open_to(meeting, suzuki, "partly", openness_reason="議題4に個人情報があるため")
    assert set_of(open_to(partly, suzuki))[:2] == ("open", "")


def test_only_the_desk_decides_it(meeting, sato):
    with pytest.raises(PermissionDenied):
        open_to(meeting, sato)


def test_the_next_meeting_takes_it_over(told, suzuki):
    following = meetings.create_meeting(
        group=told.group, by=Actor(suzuki), starts_at=told.starts_at + timedelta(days=30)
    )
    assert (following.openness, following.observer_seats, following.public_notice_days) == ("open", 5, 30)


def test_the_desk_sets_it_on_its_page(meeting, as_, suzuki):
    desk = as_(suzuki)
    address = reverse("meetings:set_openness", args=[meeting.group.slug, meeting.number])
    sent = {"openness": "partly", "public_notice_days": "14", "seen": meeting.version}
    assert "公開しない理由" in desk.post(address, sent).content.decode()
    desk.post(address, sent | {"openness_reason": "個人情報のため"})
    meeting.refresh_from_db()
    assert set_of(meeting) == ("partly", "個人情報のため", 14)
    desk.post(address, {"openness": "exempt", "openness_reason": "個人情報のため", "seen": meeting.version})
    meeting.refresh_from_db()
    assert set_of(meeting) == ("exempt", "", 14)
