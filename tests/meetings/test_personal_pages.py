"""The same form behind a personal link: no login, no writing GET, nobody else's pages."""

from uuid import uuid4

import pytest
from django.utils import timezone

from foundation.actions import Actor
from foundation.audit.models import Event, Via
from meetings.models import Meeting, Reply, Survey
from meetings.states import MeetingState
from members import links
from members.actions.links import personal_link, revoke_link
from members.models import MembershipTerm
from members.states import Purpose
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(survey, member, suzuki):
    return personal_link(membership=member, purpose=Purpose.MEETING, by=Actor(suzuki))


@pytest.fixture
def front(link):
    return links.path_of(link)


@pytest.fixture
def page(link):
    return f"/a/{links.token(link)}/meetings/2/"


def test_the_link_opens_the_form_of_the_open_meeting(client, front, sato):
    shown = client.get(front)
    assert shown.status_code == 200
    assert "市民課 佐藤 花子 さんの回答ページです。" in shown.content.decode()


def test_d19_sato_answers_by_link_and_changes_it(client, page):
    sent = client.post(page, {"key": str(uuid4()), "seen": "0", "mode": "venue"})
    assert sent.url == f"{page}receipt/"
    assert "会場で出席" in client.get(sent.url).content.decode()
    assert Event.objects.get(action="meetings.reply").via == Via.LINK
    client.post(page, {"key": str(uuid4()), "seen": "1", "mode": "absent"})
    assert (Reply.objects.get().mode, Reply.objects.get().version) == ("absent", 2)


def test_the_form_posts_to_its_own_meeting(client, front, page):
    """A meeting announced between opening and sending must not receive the answer."""
    assert f'action="{page}"' in client.get(front).content.decode()


def test_a_get_records_nothing(client, front, page):
    for path in (front, page, f"{page}receipt/", f"{page}calendar.ics"):
        client.get(path)
    assert not Reply.objects.exists()


def test_a_draft_is_saved_by_link(client, page):
    assert client.post(f"{page}draft/", {"seen": "0", "note": "途中"}).status_code == 204
    assert "途中" in client.get(page).content.decode()


def test_a_revoked_link_opens_nothing(client, link, page, suzuki):
    revoke_link(link=link, by=Actor(suzuki))
    assert client.get(page).status_code == 404
    assert client.post(page, {"mode": "venue"}).status_code == 404


@pytest.mark.parametrize("number", [1, 3, 99])
def test_a_link_opens_only_announced_meetings_of_its_group(client, link, number, group):
    builders.make_meeting(group=group, number=3, state=MeetingState.DRAFT)
    assert client.get(f"/a/{links.token(link)}/meetings/{number}/").status_code == 404


def test_a_link_logs_nobody_in(client, front):
    client.get(front)
    assert client.get("/groups/dx-now/meetings/2/").status_code == 302


def test_who_left_the_group_is_told_so(client, front, member):
    MembershipTerm.objects.filter(membership=member).update(valid_to=timezone.localdate())
    answer = client.get(front)
    assert answer.status_code == 403
    assert "出欠回答の対象者に登録されていません" in answer.content.decode()


def test_with_no_meeting_ahead_the_page_says_so(client, front, survey, meeting):
    survey.sections.all().delete()
    Survey.objects.all().delete()
    assert "回答する会議はありません" in client.get(front).content.decode()


def test_of_two_announced_meetings_the_open_one_comes_first(client, group, front, survey):
    builders.make_survey(meeting=builders.make_meeting(group=group, number=3))
    Survey.objects.filter(pk=survey.pk).update(
        opens_at=timezone.now() - timezone.timedelta(days=2), closes_at=timezone.now()
    )
    assert client.get(front).context["meeting"].number == 3


def test_what_waits_for_an_answer_comes_before_what_was_answered(client, group, front, survey, member):
    builders.make_reply(survey=survey, membership=member)
    builders.make_survey(meeting=builders.make_meeting(group=group, number=3))
    assert client.get(front).context["meeting"].number == 3


def test_each_page_tells_what_else_waits_and_nothing_of_other_groups(client, group, front, page, survey, member):
    builders.make_survey(meeting=builders.make_meeting(group=group, number=3))
    undated = builders.make_meeting(group=group, number=4, state=MeetingState.DRAFT)
    Meeting.objects.filter(pk=undated.pk).update(starts_at=None, ends_at=None, date_note="10月上旬")
    builders.make_date_poll(meeting=undated)
    elsewhere = builders.make_group(slug="other")
    builders.make_membership(group=elsewhere, user=member.user)
    builders.make_survey(meeting=builders.make_meeting(group=elsewhere, number=1))
    third = ("第3回DX推進部会の出欠を回答する", f"{front}meetings/3/")
    days = ("第4回DX推進部会の日程調整に回答する", f"{front}meetings/4/dates/")
    assert told(client.get(front)) == [third, days]
    client.post(page, {"key": str(uuid4()), "seen": "0", "mode": "venue"})
    assert told(client.get(f"{page}receipt/")) == [third, days]
    assert told(client.get(third[1])) == [days]
    assert told(client.get(days[1])) == [third]


def told(shown):
    todo = shown.context["visit"].also_asked()
    assert all(each.text in shown.content.decode() for each in todo)
    return [(each.text, each.url) for each in todo]


def test_nothing_behind_a_link_is_cached(client, front):
    assert "no-store" in client.get(front)["Cache-Control"]


# Each link opens what it was made for


@pytest.mark.parametrize("name", ["", "receipt/", "calendar.ics"])
def test_a_link_for_the_sheet_opens_no_meeting(client, survey, member, suzuki, name):
    of_sheet = personal_link(membership=member, purpose=Purpose.SHEET, by=Actor(suzuki))
    address = f"/a/{links.token(of_sheet)}/meetings/2/{name}"
    assert client.get(address).status_code == 404
    assert client.post(f"/a/{links.token(of_sheet)}/meetings/2/", {"mode": "venue"}).status_code == 404
    assert not Reply.objects.exists()


def test_the_meeting_s_link_leads_to_ones_own_sheet(client, link, member, survey):
    """Who is asked to a meeting is asked to introduce themselves there."""
    builders.make_reply(survey=survey, membership=member)
    sheet_url = client.get(f"/a/{links.token(link)}/meetings/2/receipt/").context["visit"].sheet_url
    shown = client.get(sheet_url)
    assert [
        words in shown.content.decode()
        for words in ("市民課 佐藤 花子 さんのページです。", f'href="{links.path_of(link)}"')
    ] == [True, True]
    page = shown.context["form"]
    sent = {"page": page["page"].value(), "seen": "0", "audience": "group", "wants": "窓口の待ち時間を減らしたい"}
    assert client.post(sheet_url, sent, follow=True).redirect_chain == [(sheet_url, 302)]
    assert member.sheet.wants == "窓口の待ち時間を減らしたい"
