"""What must not leak, with something there that could."""

import pytest

from foundation.actions import Actor
from meetings import proposals
from meetings.actions import replies
from meetings.models import Meeting, Question, Reply
from meetings.states import MeetingState, Method, Mode
from members import links
from members.models import PersonalLink
from members.states import Purpose
from tests import builders

pytestmark = pytest.mark.django_db
URL = "https://meet.example.jp/secret"
MEETING = "/groups/dx-now/meetings/2/"
DESK = "/groups/dx-now/desk/meetings/2/"


@pytest.fixture
def told(give, meeting, expert, sheet):
    """Sato answered with everything that others must not read."""
    meeting.online_url = URL
    meeting.save()
    return give(mode=Mode.VENUE, note="通院のため遅れます", to_people={expert.pk: "ひみつの質問"})


def page(client, path):
    return client.get(path).content.decode()


def test_a_members_page_shows_nobody_elses_answer(as_, told, tanaka, suzuki, expert):
    shown = page(as_(tanaka), MEETING) + page(as_(tanaka), f"{MEETING}answer/")
    for secret in ("通院", "ひみつの質問", "佐藤", URL):
        assert secret not in shown
    assert "通院のため遅れます" in page(as_(suzuki), f"{DESK}tally/")


def test_the_online_address_is_shown_to_those_who_come_online(as_, told, give, tanaka, sato, expert):
    give(membership=expert, mode=Mode.ONLINE)
    assert URL in page(as_(tanaka), MEETING)
    assert URL in page(as_(tanaka), f"{MEETING}answer/receipt/")
    assert URL not in page(as_(sato), MEETING)
    assert URL not in page(as_(sato), f"{MEETING}answer/receipt/")


@pytest.mark.parametrize("mode", [Mode.VENUE, Mode.ABSENT, Mode.ONLINE])
def test_by_personal_link_it_is_the_same(client, meeting, member, told, give, mode):
    give(mode=mode, version=told.version)
    link = PersonalLink.objects.create(membership=member, purpose=Purpose.MEETING)
    shown = page(client, f"/a/{links.token(link)}/meetings/2/receipt/")
    assert (URL in shown) == (mode == Mode.ONLINE)


def test_where_nobody_meets_any_more_there_is_no_address(as_, told, give, meeting, tanaka, expert):
    give(membership=expert, mode=Mode.ONLINE)
    Meeting.objects.filter(pk=meeting.pk).update(method=Method.WRITTEN)
    assert URL not in page(as_(tanaka), MEETING) + page(as_(tanaka), f"{MEETING}answer/receipt/")


@pytest.mark.parametrize(
    "path", ["", "tally/", "tally.csv", "remind/", "announce/", "agenda/", "form/", "edit/", "cancel/"]
)
@pytest.mark.parametrize("who", ["sato", "tanaka", "stranger", "abe"])
def test_the_desk_is_only_there_for_the_desk(request, as_, told, path, who):
    assert as_(request.getfixturevalue(who)).get(DESK + path).status_code == 404


def test_nobody_but_the_desk_reads_a_list_of_those_who_have_not_answered(as_, told, tanaka, sato, suzuki):
    assert "田中 三郎" in page(as_(suzuki), f"{DESK}tally/?show=unanswered")
    assert "未回答" not in page(as_(sato), MEETING) + page(as_(sato), "/groups/dx-now/")


def test_a_stranger_sees_neither_meeting_nor_form(as_, told, stranger):
    client = as_(stranger)
    assert [client.get(MEETING + path).status_code for path in ("", "answer/", "calendar.ics")] == [404] * 3


def test_the_public_page_of_a_group_names_a_meeting_to_come_and_not_how_one_joins_it(client, told, meeting):
    shown = page(client, "/groups/dx-now/")
    assert ('id="meeting-2"' in shown, URL in shown) == (True, False)


def test_a_closed_group_does_not_exist_for_the_public(client, as_, stranger, sato):
    assert client.get("/groups/elsewhere/").status_code == 404
    assert as_(sato).get("/groups/elsewhere/").status_code == 404
    assert as_(stranger).get("/groups/elsewhere/").status_code == 200


def test_the_list_of_groups_names_no_closed_one(client, group, stranger):
    assert [found.slug for found in client.get("/groups/").context["page"]] == ["dx-now"]


def test_the_desk_of_one_group_is_not_the_desk_of_another(as_, told, stranger, suzuki):
    other = builders.make_meeting(group=stranger.memberships.get().group, number=1)
    builders.make_survey(meeting=other)
    assert as_(suzuki).get("/groups/elsewhere/desk/meetings/1/tally/").status_code == 404
    assert as_(suzuki).get("/groups/elsewhere/desk/").status_code == 404


def test_querysets_show_only_ones_own(told, sato, tanaka, suzuki, stranger, expert):
    assert [list(Reply.objects.visible_to(who)) for who in (sato, tanaka, suzuki, stranger)] == [
        [told],
        [],
        [told],
        [],
    ]
    question = Question.objects.get()
    assert [list(Question.objects.visible_to(who)) for who in (sato, tanaka, suzuki, stranger)] == [
        [question],
        [question],
        [question],
        [],
    ]


def test_a_draft_is_for_its_writer_alone(as_, survey, member, sato, suzuki):
    replies.save_draft(
        survey=survey, membership=member, by=Actor(sato), data={"seen": ["0"], "note": ["迷っている"]}
    )
    assert "迷っている" in page(as_(sato), f"{MEETING}answer/")
    client = as_(suzuki)
    shown = page(client, f"{DESK}tally/") + page(client, f"{DESK}responses/{member.pk}/")
    assert "迷っている" not in shown


def test_a_planned_meeting_is_the_desks(as_, group, sato, suzuki):
    builders.make_meeting(group=group, number=3, state=MeetingState.DRAFT)
    assert "第3回" not in page(as_(sato), "/groups/dx-now/")
    assert "第3回" in page(as_(suzuki), "/groups/dx-now/desk/")


# ASVS V8.2.2
def test_a_desk_is_warned_of_others_on_its_day_but_of_nothing_secret(group):
    planned = builders.make_meeting(group=group, number=3, state=MeetingState.DRAFT)
    closed = builders.make_group(name="人事検討部会", is_public=False)
    public = builders.make_group(name="観光部会")
    builders.make_meeting(group=closed, starts_at=planned.starts_at)
    builders.make_meeting(group=public, number=1, starts_at=planned.starts_at)
    builders.make_meeting(group=public, number=2, starts_at=planned.starts_at, state=MeetingState.DRAFT)
    said = [sentence for sentence in proposals.warnings(planned) if "同じ日" in sentence]
    assert said == ["同じ日に第1回観光部会があります。"]
