"""The addresses by which calendars ask: one of a public group, and each person's own."""

import logging

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from foundation.actions import Actor
from foundation.audit.models import Event
from foundation.http.logs import mask
from foundation.jobs.models import Job
from foundation.ledger import notes
from meetings.actions import meetings
from meetings.states import MeetingState, Mode
from members import links
from members.actions import links as actions
from members.models import MembershipTerm, PersonalLink
from members.states import Purpose
from tests import builders

pytestmark = pytest.mark.django_db
URL = "https://meet.example.jp/abc"
PAGE = "/groups/dx-now/calendar/"
PUBLIC = "/groups/dx-now/calendar.ics"


def path_of(link):
    return reverse("meetings:personal_feed", args=[links.token(link)])


def told(answer):
    """Summary and status of each event."""
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    return [(str(event["summary"]), str(event["status"])) for event in events]


@pytest.fixture
def link(member, sato):
    return actions.make_calendar_address(membership=member, by=Actor(sato))


@pytest.fixture
def feed(client, link):
    return lambda: client.get(path_of(link))


def call_off(meeting, suzuki):
    meetings.cancel(meeting=meeting, by=Actor(suzuki), seen=meeting.version, reason="大雨のため")


# A person's own


def test_the_feed_tells_all_meetings_of_the_group_that_its_people_know(feed, group, survey, meeting, suzuki):
    call_off(meeting, suzuki)
    builders.make_meeting(group=group, number=2)
    builders.make_meeting(group=group, number=3, state=MeetingState.DRAFT)
    builders.make_meeting(group=builders.make_group(name="別の部会"))
    answer = feed()
    assert told(answer) == [
        ("第1回DX推進部会", "CONFIRMED"),
        ("【中止】第2回DX推進部会", "CANCELLED"),
        ("第2回DX推進部会", "CONFIRMED"),
    ]
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "no-store"


def test_it_is_asked_for_four_times_a_day(feed, meeting):
    lines = feed().content.decode().splitlines()
    wanted = ["METHOD:PUBLISH", "REFRESH-INTERVAL;VALUE=DURATION:PT6H", "X-PUBLISHED-TTL:PT6H"]
    assert [line for line in lines if line in wanted] == wanted
    assert "X-WR-CALNAME:DX推進部会（令和8年度）" in lines


def test_online_addresses_are_those_of_the_meetings_that_one_attends_online(feed, give, group, meeting):
    meeting.online_url = URL
    meeting.save()
    other = builders.make_meeting(group=group, number=3, online_url=f"{URL}/other")
    builders.make_survey(meeting=other)
    give(mode=Mode.ONLINE)
    texts = [str(event["description"]) for event in Calendar.from_ical(feed().content).walk("VEVENT")]
    assert [f"接続先：{URL}\n" in text for text in texts] == [False, True, False]
    assert f"{URL}/other" not in "".join(texts)


@pytest.mark.parametrize("number", [1, 3, 30])
def test_the_feed_asks_as_often_for_one_meeting_as_for_many(feed, group, link, number, django_assert_num_queries):
    for each in range(number):
        meeting = builders.make_meeting(group=group, number=each + 1)
        builders.make_item(meeting=meeting)
        survey = builders.make_survey(meeting=meeting)
        builders.make_reply(survey=survey, membership=link.membership)
    with django_assert_num_queries(7):
        assert len(told(feed())) == number


def test_who_left_keeps_the_meetings_in_which_they_took_part(feed, group, first_meeting, meeting, member):
    """The first lay in their time, the second does not."""
    first_meeting.held_from = first_meeting.starts_at = timezone.now() - timezone.timedelta(days=30)
    first_meeting.ends_at = first_meeting.held_to = first_meeting.starts_at + timezone.timedelta(hours=1)
    first_meeting.save()
    MembershipTerm.objects.filter(membership=member).update(
        valid_to=timezone.localdate() - timezone.timedelta(days=1)
    )
    assert told(feed()) == [("第1回DX推進部会", "CONFIRMED")]


def test_the_feed_s_link_opens_nothing_but_the_feed(client, link, survey):
    """Whoever serves the calendar holds it."""
    root = f"/a/{links.token(link)}/"
    shut = ["meetings/2/", "meetings/2/receipt/", "meetings/2/calendar.ics", "sheet/", "calendar/"]
    assert [client.get(root + path).status_code for path in shut] == [404] * len(shut)
    assert client.post(f"{root}calendar/renew/").status_code == 404
    front = client.get(root)
    assert front.status_code == 200
    assert path_of(link) in front.content.decode()


def test_no_other_link_opens_the_feed(client, member, suzuki):
    other = actions.personal_link(membership=member, purpose=Purpose.MEETING, by=Actor(suzuki))
    assert client.get(path_of(other)).status_code == 404


def test_the_token_stands_in_no_log(link, caplog, client):
    with caplog.at_level(logging.DEBUG):
        client.get(path_of(link))
    assert mask(f"GET {path_of(link)}") == "GET /a/********/calendar.ics"
    assert links.token(link) not in mask(caplog.text)


# Made, and made anew


def test_looking_makes_no_address_and_a_press_makes_one(as_, sato, member):
    sato_at = as_(sato)
    assert "アドレスを作る" in sato_at.get(PAGE).content.decode()
    assert not PersonalLink.objects.exists()
    for _ in range(2):
        assert sato_at.post(PAGE).url == PAGE
    made = PersonalLink.objects.get()
    assert path_of(made) in sato_at.get(PAGE).content.decode()
    assert list(Event.objects.values_list("action", flat=True)) == ["members.make_calendar_address"]


def test_an_address_that_was_made_anew_is_another(as_, sato, link, client):
    before = path_of(link)
    sent = as_(sato).post(f"{PAGE}renew/", follow=True)
    assert "アドレスを作り直しました。" in sent.content.decode()
    assert before not in sent.content.decode()
    gone = client.get(before)
    assert gone.status_code == 404
    assert "予定表アプリに登録したアドレス" in gone.content.decode()
    assert client.get(path_of(PersonalLink.objects.get())).status_code == 200
    assert Event.objects.filter(action="members.renew_calendar_address").count() == 1


def test_what_was_made_anew_stays_so_after_a_restore(link, sato, member):
    renewed = actions.renew_calendar_address(membership=member, by=Actor(sato))
    assert renewed.nonce != link.nonce
    noted = {"kind": "link", "pk": link.pk, "values": {"nonce": renewed.nonce}}
    assert list(Job.objects.filter(kind=notes.NAME).values_list("payload", flat=True)) == [noted]


def test_by_the_meeting_s_link_it_is_the_same(client, member, suzuki):
    token = links.token(actions.personal_link(membership=member, purpose=Purpose.MEETING, by=Actor(suzuki)))
    page = f"/a/{token}/calendar/"
    assert client.post(page).url == page
    before = path_of(PersonalLink.objects.get(purpose=Purpose.CALENDAR))
    assert before in client.get(page).content.decode()
    assert client.post(f"{page}renew/").url == page
    assert client.get(before).status_code == 404


def test_the_desk_takes_it_back(client, link, suzuki):
    before = path_of(link)
    actions.reissue_links(membership=link.membership, by=Actor(suzuki))
    assert client.get(before).status_code == 404


def test_nobody_makes_or_renews_another_s(member, suzuki, tanaka):
    for do in (actions.make_calendar_address, actions.renew_calendar_address):
        for who in (suzuki, tanaka):
            with pytest.raises(PermissionDenied):
                do(membership=member, by=Actor(who))
    assert not PersonalLink.objects.exists()


def test_it_is_printed_on_no_slip(as_, suzuki, link):
    assert as_(suzuki).get("/groups/dx-now/desk/members/slips/calendar/").status_code == 404


def test_who_takes_no_part_has_no_page(as_, group, suzuki):
    assert as_(suzuki).get(PAGE).status_code == 404


# For citizens


def test_citizens_are_told_when_and_where(settings, client, group, meeting, survey, suzuki, give):
    builders.make_item(meeting=meeting, title="佐藤さんの話題提供")
    meeting.online_url, meeting.theme = URL, "申請"
    meeting.save()
    give(mode=Mode.ONLINE)
    builders.make_meeting(group=group, number=3, state=MeetingState.DRAFT)
    call_off(builders.make_meeting(group=group, number=4), suzuki)
    answer = client.get(PUBLIC)
    assert told(answer) == [
        ("第1回DX推進部会", "CONFIRMED"),
        ("第2回DX推進部会", "CONFIRMED"),
        ("【中止】第4回DX推進部会", "CANCELLED"),
    ]
    event = Calendar.from_ical(answer.content).walk("VEVENT")[1]
    assert (event["location"], event["url"]) == ("見本市役所 大会議室", f"{settings.SITE_URL}/groups/dx-now/")
    assert event["description"] == "お問い合わせ：事務局（内線 2345）"


def test_a_citizen_s_calendar_asks_again_and_takes_nothing_twice(client, meeting):
    first = client.get(PUBLIC)
    assert first["Cache-Control"] == "no-cache"
    assert client.get(PUBLIC, headers={"if-none-match": first["ETag"]}).status_code == 304
    meeting.room = "第2会議室"
    meeting.save()
    assert client.get(PUBLIC, headers={"if-none-match": first["ETag"]}).status_code == 200


def test_the_group_s_page_leads_to_it(client, group):
    shown = client.get("/groups/dx-now/").content.decode()
    assert f'<link rel="alternate" type="text/calendar" href="{PUBLIC}"' in shown


def test_of_a_closed_group_there_is_none(client, as_, stranger):
    builders.make_meeting(group=stranger.memberships.get().group)
    address = "/groups/elsewhere/calendar.ics"
    assert client.get(address).status_code == 404
    assert as_(stranger).get(address).status_code == 404
    assert address not in as_(stranger).get("/groups/elsewhere/").content.decode()
